BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.service (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  service_id uuid NOT NULL,
  slug text NOT NULL CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text NOT NULL CHECK (name <> ''),
  ozg_ids text[] NOT NULL DEFAULT '{}',
  leika_keys text[] NOT NULL DEFAULT '{}',
  topic_field text NOT NULL DEFAULT '',
  lifecycle text NOT NULL DEFAULT 'reusable' CHECK (lifecycle IN ('announced', 'in_development', 'piloting', 'reusable', 'restricted', 'phase_out', 'ended')),
  lifecycle_note text NOT NULL DEFAULT '',
  providing_state text NOT NULL DEFAULT '',
  operator text NOT NULL DEFAULT '',
  ministry_id uuid,
  ministry_note text NOT NULL DEFAULT '',
  transports text[] NOT NULL DEFAULT '{}' CHECK (transports <@ ARRAY['osci', 'fitc']),
  transport_note text NOT NULL DEFAULT '',
  focus boolean NOT NULL DEFAULT false,
  execution_level text NOT NULL CHECK (execution_level IN ('kreis', 'gemeinde')),
  competence text NOT NULL CHECK (competence IN ('all', 'cities', 'chosen')),
  declaration_required boolean NOT NULL DEFAULT false,
  piloting boolean NOT NULL DEFAULT false,
  payment boolean NOT NULL DEFAULT false,
  backend boolean NOT NULL DEFAULT false,
  price_once_cents bigint CHECK (price_once_cents >= 0),
  price_yearly_cents bigint CHECK (price_yearly_cents >= 0),
  price_bound_until date,
  available_from date,
  conditions text NOT NULL DEFAULT '',
  note text NOT NULL DEFAULT '',
  source text NOT NULL DEFAULT '',
  checked_on date,
  published_at timestamptz,
  changed_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  search text GENERATED ALWAYS AS (portal.fold(name || ' ' || topic_field || ' ' || operator, ozg_ids || leika_keys)) STORED,
  PRIMARY KEY (land_id, service_id),
  UNIQUE (land_id, slug),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, ministry_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.service IS 'An EfA service in a Land''s catalogue: what it is, who decides about it, how it is connected, what it costs.';
CREATE INDEX service_by_ministry ON portal.service (land_id, ministry_id);
CALL portal.wall('portal.service');
CREATE POLICY readers ON portal.service FOR SELECT USING (published_at IS NOT NULL OR (SELECT ctx.scope()) IN ('land', 'ministry'));
CREATE POLICY land_adds ON portal.service FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY land_edits ON portal.service FOR UPDATE USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY ministry_edits ON portal.service FOR UPDATE USING (ministry_id = (SELECT ctx.org_id())) WITH CHECK (ministry_id = (SELECT ctx.org_id()));

CREATE TABLE portal.service_body (
  land_id uuid NOT NULL,
  service_id uuid NOT NULL,
  org_id uuid NOT NULL,
  PRIMARY KEY (land_id, service_id, org_id),
  FOREIGN KEY (land_id, service_id) REFERENCES portal.service,
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.service_body IS 'The bodies that are competent for a service: the denominator of every figure about it.';
CREATE INDEX service_body_by_body ON portal.service_body (land_id, org_id);
CALL portal.wall('portal.service_body');
CREATE POLICY members_read ON portal.service_body FOR SELECT USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY land_adds ON portal.service_body FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY land_removes ON portal.service_body FOR DELETE USING ((SELECT ctx.scope()) = 'land');

GRANT SELECT, INSERT, UPDATE ON portal.service TO portal_app;
GRANT SELECT, INSERT, DELETE ON portal.service_body TO portal_app;
COMMIT;
