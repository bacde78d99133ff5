BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.rollin (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  service_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  template_version_id uuid NOT NULL,
  started_by uuid NOT NULL,
  started_at timestamptz NOT NULL,
  PRIMARY KEY (land_id, service_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.service,
  FOREIGN KEY (land_id, decision_id) REFERENCES portal.decision (land_id, decision_id),
  FOREIGN KEY (land_id, template_version_id) REFERENCES portal.template_version);
COMMENT ON TABLE portal.rollin IS 'The roll-in of one approved service into all competent bodies, started once by the Land.';
CALL portal.wall('portal.rollin');
CREATE POLICY members_read ON portal.rollin FOR SELECT USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY land_adds ON portal.rollin FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land');

CREATE TABLE portal.onboarding (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  onboarding_id uuid NOT NULL,
  service_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('not_started', 'interested', 'committed', 'preparing', 'connecting', 'testing', 'ready', 'live', 'operating', 'paused', 'declined', 'not_applicable', 'decommissioned')),
  state_since timestamptz NOT NULL,
  state_reason text NOT NULL DEFAULT '',
  resume_on date,
  target_on date NOT NULL,
  committed_at timestamptz,
  live_on date,
  pilot boolean NOT NULL DEFAULT false,
  steps_relevant int NOT NULL DEFAULT 0,
  steps_done int NOT NULL DEFAULT 0,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, org_id, onboarding_id),
  UNIQUE (land_id, org_id, service_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.rollin,
  CONSTRAINT sides_have_reasons CHECK (state NOT IN ('paused', 'declined', 'not_applicable', 'decommissioned') OR state_reason <> ''),
  CONSTRAINT live_on_a_day CHECK (state NOT IN ('live', 'operating') OR live_on IS NOT NULL),
  CONSTRAINT done_within_relevant CHECK (steps_done <= steps_relevant));
COMMENT ON TABLE portal.onboarding IS 'One body''s way to one service. state, steps_relevant and steps_done are kept in the transaction of the step that changes.';
CREATE INDEX onboarding_by_service ON portal.onboarding (land_id, service_id, org_id);
CALL portal.wall('portal.onboarding');
CREATE POLICY readers ON portal.onboarding FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) IN ('land', 'committee')
  OR service_id = ANY ((SELECT ctx.read_services())::uuid[]) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
CREATE POLICY land_adds ON portal.onboarding FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY workers ON portal.onboarding FOR UPDATE
  USING (org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]))
  WITH CHECK (org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));

CREATE TABLE portal.step (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  step_id uuid NOT NULL,
  scope text NOT NULL CHECK (scope IN ('land', 'basis', 'kommune')),
  key text NOT NULL,
  service_id uuid,
  onboarding_id uuid,
  template_version_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'in_progress', 'submitted', 'returned', 'done', 'not_applicable')),
  reason text NOT NULL DEFAULT '',
  evidence text NOT NULL DEFAULT '',
  evidence_url text NOT NULL DEFAULT '' CHECK (evidence_url = '' OR evidence_url ~ '^https?://'),
  due_on date NOT NULL,
  state_since timestamptz NOT NULL,
  submitted_by uuid,
  changed_by uuid NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, org_id, step_id),
  UNIQUE NULLS NOT DISTINCT (land_id, org_id, service_id, key),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.rollin,
  FOREIGN KEY (land_id, org_id, onboarding_id) REFERENCES portal.onboarding (land_id, org_id, onboarding_id),
  FOREIGN KEY (land_id, template_version_id, key) REFERENCES portal.template_step (land_id, template_version_id, key),
  CONSTRAINT scope_fits CHECK (
    scope = 'land' AND service_id IS NOT NULL AND onboarding_id IS NULL
    OR scope = 'basis' AND service_id IS NULL AND onboarding_id IS NULL
    OR scope = 'kommune' AND service_id IS NOT NULL AND onboarding_id IS NOT NULL),
  CONSTRAINT reason_where_needed CHECK (state NOT IN ('not_applicable', 'returned') OR reason <> ''));
COMMENT ON TABLE portal.step IS 'A step in work: once for each service (land), once for each body (basis), or once for each onboarding (kommune).';
CREATE INDEX step_by_onboarding ON portal.step (land_id, onboarding_id) WHERE onboarding_id IS NOT NULL;
CREATE INDEX step_by_service ON portal.step (land_id, service_id, scope);
CREATE INDEX step_unfinished_by_due ON portal.step (land_id, due_on, org_id) WHERE state NOT IN ('done', 'not_applicable');
CALL portal.wall('portal.step');
CREATE POLICY readers ON portal.step FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR scope = 'land' OR (SELECT ctx.scope()) = 'land'
  OR service_id = ANY ((SELECT ctx.read_services())::uuid[]) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[])
  OR scope = 'basis' AND (SELECT ctx.scope()) = 'ministry');
CREATE POLICY land_adds ON portal.step FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY workers ON portal.step FOR UPDATE
  USING (org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]))
  WITH CHECK (org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));

CREATE TABLE portal.onboarding_basis (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  onboarding_id uuid NOT NULL,
  step_id uuid NOT NULL,
  reason text NOT NULL DEFAULT '',
  PRIMARY KEY (land_id, org_id, onboarding_id, step_id),
  FOREIGN KEY (land_id, org_id, onboarding_id) REFERENCES portal.onboarding (land_id, org_id, onboarding_id),
  FOREIGN KEY (land_id, org_id, step_id) REFERENCES portal.step (land_id, org_id, step_id));
COMMENT ON TABLE portal.onboarding_basis IS 'Which basis steps an onboarding leans on. A reason says why a step does not apply to this service; the step itself stays open for others.';
CREATE INDEX onboarding_basis_by_step ON portal.onboarding_basis (land_id, step_id);
CALL portal.wall('portal.onboarding_basis');
CREATE POLICY readers ON portal.onboarding_basis FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) IN ('land', 'ministry') OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
CREATE POLICY land_adds ON portal.onboarding_basis FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land');

CREATE TABLE portal.progress (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  service_id uuid,
  pillar int NOT NULL CHECK (pillar BETWEEN 1 AND 4),
  scope text NOT NULL CHECK (scope IN ('land', 'basis', 'kommune')),
  relevant int NOT NULL,
  done int NOT NULL,
  active int NOT NULL,
  UNIQUE NULLS NOT DISTINCT (land_id, org_id, service_id, pillar, scope),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.rollin,
  CHECK (done + active <= relevant AND done >= 0 AND active >= 0));
COMMENT ON TABLE portal.progress IS 'Steps counted by body, service, pillar and scope, each step once. Kept in the transaction of the step; portal verify progress recounts it.';
CALL portal.wall('portal.progress');
CREATE POLICY readers ON portal.progress FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR scope = 'land' OR (SELECT ctx.scope()) IN ('land', 'committee')
  OR service_id = ANY ((SELECT ctx.read_services())::uuid[]) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
CREATE POLICY adders ON portal.progress FOR INSERT WITH CHECK (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
CREATE POLICY workers ON portal.progress FOR UPDATE
  USING (org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]))
  WITH CHECK (org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));

GRANT SELECT, INSERT ON portal.rollin, portal.onboarding_basis TO portal_app;
GRANT SELECT, INSERT, UPDATE ON portal.onboarding, portal.step, portal.progress TO portal_app;
COMMIT;
