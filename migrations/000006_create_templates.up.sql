BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.template_version (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  template_version_id uuid NOT NULL,
  name text NOT NULL,
  no int NOT NULL CHECK (no > 0),
  content_hash bytea NOT NULL,
  published_at timestamptz NOT NULL,
  published_by uuid NOT NULL,
  PRIMARY KEY (land_id, template_version_id),
  UNIQUE (land_id, name, no),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.template_version IS 'A published state of the Musterprojektvorlage. Immutable: running checklists keep the version they started with.';
CALL portal.wall('portal.template_version');
CREATE POLICY members_read ON portal.template_version FOR SELECT USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY land_adds ON portal.template_version FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land');

CREATE TABLE portal.template_step (
  land_id uuid NOT NULL,
  template_version_id uuid NOT NULL,
  key text NOT NULL CHECK (key ~ '^[a-z][a-z0-9_]*$'),
  no int NOT NULL,
  title text NOT NULL,
  description text NOT NULL,
  pillar int NOT NULL CHECK (pillar BETWEEN 1 AND 4),
  phase text NOT NULL CHECK (phase IN ('vorbereitung', 'entscheidung', 'organisation', 'technik', 'test', 'go_live', 'betrieb')),
  responsible text NOT NULL CHECK (responsible IN ('land', 'fachressort', 'it_dienstleister', 'kommune', 'efa_anbieter')),
  predecessors text[] NOT NULL DEFAULT '{}',
  duration_days int NOT NULL CHECK (duration_days > 0),
  repeat_months int CHECK (repeat_months > 0),
  scope text NOT NULL CHECK (scope IN ('land', 'basis', 'kommune')),
  evidence text NOT NULL DEFAULT '',
  conditions text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (land_id, template_version_id, key),
  UNIQUE (land_id, template_version_id, no),
  FOREIGN KEY (land_id, template_version_id) REFERENCES portal.template_version);
COMMENT ON TABLE portal.template_step IS 'A step of the Musterprojektvorlage: who does what after which other steps, with which evidence, in how many working days.';
CALL portal.wall('portal.template_step');
CREATE POLICY members_read ON portal.template_step FOR SELECT USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY land_adds ON portal.template_step FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land');

GRANT SELECT, INSERT ON portal.template_version, portal.template_step TO portal_app;
COMMIT;
