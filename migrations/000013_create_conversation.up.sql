BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.question (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  question_id uuid NOT NULL,
  service_id uuid NOT NULL,
  step_key text NOT NULL DEFAULT '',
  step_title text NOT NULL DEFAULT '',
  step_scope text NOT NULL DEFAULT '' CHECK (step_scope IN ('', 'land', 'basis', 'kommune')),
  kind text NOT NULL CHECK (kind IN ('question', 'comment')),
  text text NOT NULL CHECK (text <> '' AND char_length(text) <= 4000),
  state text NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  asker_id uuid NOT NULL,
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  side_id uuid NOT NULL,
  waits_since timestamptz,
  last_at timestamptz NOT NULL,
  last_by uuid NOT NULL,
  published_at timestamptz,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, org_id, question_id),
  UNIQUE (land_id, question_id),
  FOREIGN KEY (land_id, org_id, service_id) REFERENCES portal.onboarding (land_id, org_id, service_id),
  FOREIGN KEY (land_id, asker_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, side_id) REFERENCES portal.organisation,
  CONSTRAINT two_sides CHECK (asker_id <> side_id),
  CONSTRAINT waits_while_open CHECK ((state = 'open') = (waits_since IS NOT NULL)),
  CONSTRAINT comments_do_not_wait CHECK (kind = 'question' OR state <> 'open'));
COMMENT ON TABLE portal.question IS 'A question or a comment at a step of a body, or at its way to a service as a whole (no step_key). Read by the body, the Land and the two sides, never by another body.';
COMMENT ON COLUMN portal.question.side_id IS 'The organisation that answers: the Land, the provider or the ministry; the body, if the Land asks';
CREATE INDEX question_by_step ON portal.question (land_id, org_id, step_key);
CREATE INDEX question_by_side ON portal.question (land_id, side_id, waits_since) WHERE state = 'open';
CALL portal.wall('portal.question');
-- Whoever is not the body or the Land takes part as one of the two sides; a provider while it works for the body.
CREATE POLICY readers ON portal.question FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land'
  OR (SELECT ctx.org_id()) IN (side_id, asker_id) AND ((SELECT ctx.scope()) <> 'provider' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[])));
CREATE POLICY askers ON portal.question FOR INSERT WITH CHECK (
  asker_id = (SELECT ctx.org_id()) AND asked_by = (SELECT ctx.person_id())
  AND (org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[])));
CREATE POLICY talkers ON portal.question FOR UPDATE
  USING (org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land'
    OR (SELECT ctx.org_id()) IN (side_id, asker_id) AND ((SELECT ctx.scope()) <> 'provider' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[])))
  WITH CHECK ((SELECT ctx.scope()) IN ('land', 'body', 'ministry', 'provider'));

CREATE TABLE portal.question_post (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  question_id uuid NOT NULL,
  post_id uuid NOT NULL,
  text text NOT NULL CHECK (text <> '' AND char_length(text) <= 4000),
  by_org uuid NOT NULL,
  by_person uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (land_id, org_id, question_id, post_id),
  FOREIGN KEY (land_id, org_id, question_id) REFERENCES portal.question (land_id, org_id, question_id),
  FOREIGN KEY (land_id, by_org) REFERENCES portal.organisation);
COMMENT ON TABLE portal.question_post IS 'An answer or a further question below a question. Never changed.';
CALL portal.wall('portal.question_post');
CREATE POLICY readers ON portal.question_post FOR SELECT USING (EXISTS (
  SELECT FROM portal.question q WHERE q.land_id = question_post.land_id AND q.org_id = question_post.org_id AND q.question_id = question_post.question_id));
CREATE POLICY talkers ON portal.question_post FOR INSERT WITH CHECK (
  by_org = (SELECT ctx.org_id()) AND by_person = (SELECT ctx.person_id()) AND EXISTS (
    SELECT FROM portal.question q WHERE q.land_id = question_post.land_id AND q.org_id = question_post.org_id AND q.question_id = question_post.question_id));

CREATE TABLE portal.question_seen (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  question_id uuid NOT NULL,
  person_id uuid NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (land_id, question_id, org_id, person_id),
  FOREIGN KEY (land_id, question_id) REFERENCES portal.question (land_id, question_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.question_seen IS 'Until when a person of an organisation has read a question. The other side learns of the organisation, not of the person.';
CALL portal.wall('portal.question_seen');
CREATE POLICY readers ON portal.question_seen FOR SELECT USING (EXISTS (
  SELECT FROM portal.question q WHERE q.land_id = question_seen.land_id AND q.question_id = question_seen.question_id));
CREATE POLICY own_adds ON portal.question_seen FOR INSERT WITH CHECK (
  org_id = (SELECT ctx.org_id()) AND person_id = (SELECT ctx.person_id()) AND EXISTS (
    SELECT FROM portal.question q WHERE q.land_id = question_seen.land_id AND q.question_id = question_seen.question_id));
CREATE POLICY own_moves ON portal.question_seen FOR UPDATE
  USING (org_id = (SELECT ctx.org_id()) AND person_id = (SELECT ctx.person_id()))
  WITH CHECK (org_id = (SELECT ctx.org_id()) AND person_id = (SELECT ctx.person_id()));

CREATE TABLE portal.help (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  help_id uuid NOT NULL,
  step_key text NOT NULL DEFAULT '',
  step_title text NOT NULL DEFAULT '',
  question text NOT NULL CHECK (question <> '' AND char_length(question) <= 4000),
  answer text NOT NULL CHECK (answer <> '' AND char_length(answer) <= 4000),
  published_by uuid NOT NULL,
  published_at timestamptz NOT NULL,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  PRIMARY KEY (land_id, org_id, help_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  CONSTRAINT withdrawn_by_somebody CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)));
COMMENT ON TABLE portal.help IS 'A question with its answer that the Land published at a step of the template for all bodies. Nothing in it leads back to who asked.';
CREATE INDEX help_by_step ON portal.help (land_id, step_key) WHERE withdrawn_at IS NULL;
CALL portal.wall('portal.help');
CREATE POLICY readers ON portal.help FOR SELECT USING (
  (SELECT ctx.scope()) = 'land' OR withdrawn_at IS NULL AND (SELECT ctx.scope()) IN ('body', 'ministry', 'provider'));
CREATE POLICY land_adds ON portal.help FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land' AND published_by = (SELECT ctx.person_id()));
CREATE POLICY land_withdraws ON portal.help FOR UPDATE
  USING ((SELECT ctx.scope()) = 'land' AND withdrawn_at IS NULL) WITH CHECK ((SELECT ctx.scope()) = 'land');

GRANT SELECT, INSERT ON portal.question, portal.question_post, portal.question_seen, portal.help TO portal_app;
GRANT UPDATE (state, waits_since, last_at, last_by, published_at, version) ON portal.question TO portal_app;
GRANT UPDATE (seen_at) ON portal.question_seen TO portal_app;
GRANT UPDATE (withdrawn_by, withdrawn_at) ON portal.help TO portal_app;
COMMIT;
