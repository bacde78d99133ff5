BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.survey_round (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  round_id uuid NOT NULL,
  title text NOT NULL CHECK (title <> ''),
  note text NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'open', 'closed', 'published', 'archived')),
  closes_on date NOT NULL,
  made_at timestamptz NOT NULL,
  opened_at timestamptz,
  reminded_at timestamptz,
  closed_at timestamptz,
  published_at timestamptz,
  results jsonb,
  changed_by uuid NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, round_id),
  UNIQUE (land_id, title),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  CONSTRAINT opened_before_closed CHECK ((state = 'draft') = (opened_at IS NULL) AND (state IN ('draft', 'open')) = (closed_at IS NULL)),
  CONSTRAINT results_are_published CHECK ((results IS NULL) = (published_at IS NULL) AND (published_at IS NULL OR state IN ('published', 'archived'))));
COMMENT ON TABLE portal.survey_round IS 'A round of the technical survey: the Land asks all bodies until a day. Its results are what everybody may read, without bodies and without small groups.';
CREATE UNIQUE INDEX survey_round_open_once ON portal.survey_round (land_id) WHERE state = 'open';
CALL portal.wall('portal.survey_round');
CALL portal.person('portal.survey_round', '{changed_by}', 'Umfragen');
CREATE POLICY readers ON portal.survey_round FOR SELECT USING (
  (SELECT ctx.scope()) = 'land' OR published_at IS NOT NULL OR state <> 'draft' AND (SELECT ctx.scope()) IN ('body', 'ministry'));
CREATE POLICY land_adds ON portal.survey_round FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land' AND org_id = (SELECT ctx.org_id()));
CREATE POLICY land_edits ON portal.survey_round FOR UPDATE USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land');

CREATE TABLE portal.survey_response (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  round_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'none' CHECK (state IN ('none', 'draft', 'submitted', 'accepted', 'returned', 'confirmed_unchanged')),
  reason text NOT NULL DEFAULT '',
  submitted_by uuid,
  submitted_at timestamptz,
  settled_by uuid,
  settled_at timestamptz,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, org_id, round_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, round_id) REFERENCES portal.survey_round,
  CONSTRAINT returned_with_reason CHECK ((state = 'returned') = (reason <> '')),
  CONSTRAINT submitted_by_somebody CHECK ((submitted_at IS NULL) = (submitted_by IS NULL) AND (state IN ('none', 'draft') OR submitted_at IS NOT NULL)),
  CONSTRAINT settled_when_done CHECK ((state IN ('accepted', 'confirmed_unchanged')) = (settled_at IS NOT NULL)));
COMMENT ON TABLE portal.survey_response IS 'Where a body that was invited to a round stands. What it answered is in survey_answer, which fewer may read.';
CREATE INDEX survey_response_by_round ON portal.survey_response (land_id, round_id);
CREATE INDEX survey_response_current ON portal.survey_response (land_id, org_id, submitted_at) WHERE state IN ('accepted', 'confirmed_unchanged');
CALL portal.wall('portal.survey_response');
CALL portal.person('portal.survey_response', '{submitted_by,settled_by}', 'Antworten auf Umfragen');
CREATE POLICY readers ON portal.survey_response FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) IN ('land', 'ministry'));
CREATE POLICY land_invites ON portal.survey_response FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land' AND state = 'none');
-- Closing a round freezes its answers.
CREATE POLICY body_answers ON portal.survey_response FOR UPDATE
  USING ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()) AND state IN ('none', 'draft', 'returned') AND EXISTS (
    SELECT FROM portal.survey_round n WHERE n.land_id = survey_response.land_id AND n.round_id = survey_response.round_id AND n.state = 'open'))
  WITH CHECK ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()) AND state IN ('draft', 'returned', 'submitted', 'confirmed_unchanged'));
CREATE POLICY land_settles ON portal.survey_response FOR UPDATE
  USING ((SELECT ctx.scope()) = 'land' AND state = 'submitted')
  WITH CHECK ((SELECT ctx.scope()) = 'land' AND state IN ('accepted', 'returned'));

CREATE TABLE portal.survey_answer (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  round_id uuid NOT NULL,
  block text NOT NULL CHECK (block IN ('post_office', 'dms', 'variant', 'payment', 'outlook')),
  details jsonb NOT NULL CHECK (jsonb_typeof(details) = 'object'),
  changed boolean NOT NULL DEFAULT false,
  PRIMARY KEY (land_id, org_id, round_id, block),
  FOREIGN KEY (land_id, org_id, round_id) REFERENCES portal.survey_response);
COMMENT ON TABLE portal.survey_answer IS 'What a body answered in a round, as its profile said when it submitted. It shows who runs which product: only the body and the Land read it.';
CALL portal.wall('portal.survey_answer');
CREATE POLICY readers ON portal.survey_answer FOR SELECT USING (org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land');
CREATE POLICY body_adds ON portal.survey_answer FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()) AND EXISTS (
  SELECT FROM portal.survey_response r
  WHERE r.land_id = survey_answer.land_id AND r.org_id = survey_answer.org_id AND r.round_id = survey_answer.round_id AND r.state IN ('none', 'draft', 'returned')));
CREATE POLICY body_edits ON portal.survey_answer FOR UPDATE
  USING ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()) AND EXISTS (
    SELECT FROM portal.survey_response r
    WHERE r.land_id = survey_answer.land_id AND r.org_id = survey_answer.org_id AND r.round_id = survey_answer.round_id AND r.state IN ('none', 'draft', 'returned')))
  WITH CHECK ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()));

CREATE TABLE portal.product_spelling (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  spelling_key text NOT NULL CHECK (spelling_key <> ''),
  spelling text NOT NULL CHECK (spelling <> ''),
  products text[] NOT NULL CHECK (cardinality(products) BETWEEN 1 AND 5),
  changed_by uuid NOT NULL,
  changed_at timestamptz NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, spelling_key),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.product_spelling IS 'Which products the Land counts a spelling as: answers keep their words, figures speak of products.';
CALL portal.wall('portal.product_spelling');
CALL portal.person('portal.product_spelling', '{changed_by}', 'Produktliste');
CREATE POLICY land_reads ON portal.product_spelling FOR SELECT USING ((SELECT ctx.scope()) = 'land');
CREATE POLICY land_adds ON portal.product_spelling FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land' AND org_id = (SELECT ctx.org_id()));
CREATE POLICY land_edits ON portal.product_spelling FOR UPDATE USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land');

GRANT SELECT, INSERT, UPDATE (title, note, state, closes_on, opened_at, reminded_at, closed_at, published_at, results, changed_by, version) ON portal.survey_round TO portal_app;
GRANT SELECT, INSERT, UPDATE (state, reason, submitted_by, submitted_at, settled_by, settled_at, version) ON portal.survey_response TO portal_app;
GRANT SELECT, INSERT, UPDATE (details, changed) ON portal.survey_answer TO portal_app;
GRANT SELECT, INSERT, UPDATE (spelling, products, changed_by, changed_at, version) ON portal.product_spelling TO portal_app;
COMMIT;
