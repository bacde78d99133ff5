BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.rollin_draft (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  service_id uuid NOT NULL,
  content jsonb NOT NULL,
  changed_by uuid NOT NULL,
  changed_at timestamptz NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, service_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.service);
COMMENT ON TABLE portal.rollin_draft IS 'What the Land has prepared of a roll-in that has not started: scope, waves, dates and letter. It goes with the start.';
CALL portal.wall('portal.rollin_draft');
CREATE POLICY land_reads ON portal.rollin_draft FOR SELECT USING ((SELECT ctx.scope()) = 'land');
CREATE POLICY land_adds ON portal.rollin_draft FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY land_edits ON portal.rollin_draft FOR UPDATE USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY land_removes ON portal.rollin_draft FOR DELETE USING ((SELECT ctx.scope()) = 'land');

CREATE TABLE portal.wave (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  service_id uuid NOT NULL,
  no int NOT NULL CHECK (no > 0),
  name text NOT NULL CHECK (name <> ''),
  pilot boolean NOT NULL,
  first_on date NOT NULL,
  last_on date NOT NULL CHECK (last_on >= first_on),
  released_at timestamptz,
  PRIMARY KEY (land_id, service_id, no),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.rollin);
COMMENT ON TABLE portal.wave IS 'A group of bodies that go live together. A wave without released_at waits for the evaluation of the pilots.';
CALL portal.wall('portal.wave');
CREATE POLICY members_read ON portal.wave FOR SELECT USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY land_adds ON portal.wave FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY land_edits ON portal.wave FOR UPDATE USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land');

CREATE TABLE portal.wave_evaluation (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  service_id uuid NOT NULL,
  no int NOT NULL CHECK (no > 0),
  outcome text NOT NULL CHECK (outcome IN ('go', 'adjust', 'stop')),
  weeks int NOT NULL DEFAULT 0,
  cause text NOT NULL DEFAULT '' CHECK (cause IN ('', 'backend', 'staff', 'provider', 'operator', 'law', 'pilots')),
  reason text NOT NULL CHECK (reason <> ''),
  decided_by uuid NOT NULL,
  decided_at timestamptz NOT NULL,
  PRIMARY KEY (land_id, service_id, no),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.rollin,
  CONSTRAINT moved_for_a_cause CHECK ((outcome = 'adjust') = (weeks BETWEEN 1 AND 52) AND (outcome = 'adjust') = (cause <> '')));
COMMENT ON TABLE portal.wave_evaluation IS 'What the Land made of the pilots: on with the area, move its dates first, or stop. Never changed; a new one follows.';
CALL portal.wall('portal.wave_evaluation');
CREATE POLICY members_read ON portal.wave_evaluation FOR SELECT USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY land_adds ON portal.wave_evaluation FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land');

CREATE TABLE portal.rollin_left_out (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  service_id uuid NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  left_out_by uuid NOT NULL,
  left_out_at timestamptz NOT NULL,
  PRIMARY KEY (land_id, org_id, service_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.rollin);
COMMENT ON TABLE portal.rollin_left_out IS 'A competent body that a roll-in started without, and why. The row goes when the body is taken in.';
CALL portal.wall('portal.rollin_left_out');
CREATE POLICY readers ON portal.rollin_left_out FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR service_id = ANY ((SELECT ctx.read_services())::uuid[]));
CREATE POLICY land_adds ON portal.rollin_left_out FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY land_removes ON portal.rollin_left_out FOR DELETE USING ((SELECT ctx.scope()) = 'land');

CREATE TABLE portal.rollin_letter (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  service_id uuid NOT NULL,
  subject text NOT NULL CHECK (subject <> ''),
  text text NOT NULL CHECK (text <> ''),
  sent_by uuid NOT NULL,
  sent_at timestamptz NOT NULL,
  PRIMARY KEY (land_id, org_id, service_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.rollin);
COMMENT ON TABLE portal.rollin_letter IS 'The Informationsschreiben that a body got with the start of a roll-in, as it was sent. Never changed.';
CALL portal.wall('portal.rollin_letter');
CREATE POLICY readers ON portal.rollin_letter FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR service_id = ANY ((SELECT ctx.read_services())::uuid[]));
CREATE POLICY land_adds ON portal.rollin_letter FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land');

CREATE TABLE portal.pilot_call (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  call_id uuid NOT NULL,
  service_id uuid NOT NULL,
  text text NOT NULL CHECK (text <> ''),
  closes_on date NOT NULL,
  places int NOT NULL CHECK (places BETWEEN 1 AND 100),
  published_by uuid NOT NULL,
  published_at timestamptz NOT NULL,
  decided_by uuid,
  decided_at timestamptz,
  PRIMARY KEY (land_id, call_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.service,
  CONSTRAINT decided_by_somebody CHECK ((decided_at IS NULL) = (decided_by IS NULL)));
COMMENT ON TABLE portal.pilot_call IS 'A call for bodies that try a service first. It ends with the Land''s choice among those who applied.';
CREATE UNIQUE INDEX pilot_call_once ON portal.pilot_call (land_id, service_id) WHERE decided_at IS NULL;
CALL portal.wall('portal.pilot_call');
CREATE POLICY members_read ON portal.pilot_call FOR SELECT USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY land_adds ON portal.pilot_call FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY land_edits ON portal.pilot_call FOR UPDATE USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land');

CREATE TABLE portal.pilot_application (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  call_id uuid NOT NULL,
  sentence text NOT NULL CHECK (sentence <> ''),
  state text NOT NULL DEFAULT 'applied' CHECK (state IN ('applied', 'withdrawn', 'selected', 'declined')),
  reason text NOT NULL DEFAULT '',
  applied_by uuid NOT NULL,
  applied_at timestamptz NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, org_id, call_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, call_id) REFERENCES portal.pilot_call,
  CONSTRAINT decided_with_reason CHECK (state NOT IN ('selected', 'declined') OR reason <> ''));
COMMENT ON TABLE portal.pilot_application IS 'A body''s application to a call for pilots. Other bodies never see it.';
CREATE INDEX pilot_application_by_call ON portal.pilot_application (land_id, call_id);
CALL portal.wall('portal.pilot_application');
CREATE POLICY readers ON portal.pilot_application FOR SELECT USING (org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land');
CREATE POLICY body_applies ON portal.pilot_application FOR INSERT WITH CHECK (org_id = (SELECT ctx.org_id()) AND state = 'applied');
CREATE POLICY body_changes ON portal.pilot_application FOR UPDATE
  USING (org_id = (SELECT ctx.org_id()) AND state IN ('applied', 'withdrawn'))
  WITH CHECK (org_id = (SELECT ctx.org_id()) AND state IN ('applied', 'withdrawn'));
CREATE POLICY land_decides ON portal.pilot_application FOR UPDATE
  USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land');

ALTER TABLE portal.onboarding ADD COLUMN wave_no int, ADD COLUMN held boolean NOT NULL DEFAULT false,
  ADD FOREIGN KEY (land_id, service_id, wave_no) REFERENCES portal.wave (land_id, service_id, no);
COMMENT ON COLUMN portal.onboarding.held IS 'Its wave waits for the evaluation of the pilots: nothing is possible yet, and nothing is overdue.';

GRANT SELECT, INSERT, UPDATE, DELETE ON portal.rollin_draft TO portal_app;
GRANT SELECT, INSERT, UPDATE (first_on, last_on, released_at) ON portal.wave TO portal_app;
GRANT SELECT, INSERT ON portal.wave_evaluation, portal.rollin_letter TO portal_app;
GRANT SELECT, INSERT, DELETE ON portal.rollin_left_out TO portal_app;
GRANT SELECT, INSERT, UPDATE (decided_by, decided_at, closes_on) ON portal.pilot_call TO portal_app;
GRANT SELECT, INSERT, UPDATE ON portal.pilot_application TO portal_app;
COMMIT;
