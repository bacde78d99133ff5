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

CREATE TABLE portal.experience (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  experience_id uuid NOT NULL,
  service_id uuid NOT NULL,
  step_key text NOT NULL DEFAULT '',
  step_title text NOT NULL DEFAULT '',
  step_scope text NOT NULL DEFAULT '' CHECK (step_scope IN ('', 'basis', 'kommune')),
  note text NOT NULL CHECK (note <> '' AND char_length(note) <= 4000),
  released_by uuid NOT NULL,
  released_at timestamptz NOT NULL,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  PRIMARY KEY (land_id, org_id, experience_id),
  UNIQUE (land_id, experience_id),
  FOREIGN KEY (land_id, org_id, service_id) REFERENCES portal.onboarding (land_id, org_id, service_id),
  CONSTRAINT withdrawn_by_somebody CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)));
COMMENT ON TABLE portal.experience IS 'What a body released of its way to a service for the others of its Land, at a step or as a whole. Withdrawn, it is the body''s own again.';
CREATE INDEX experience_by_service ON portal.experience (land_id, service_id) WHERE withdrawn_at IS NULL;
CALL portal.wall('portal.experience');
CREATE POLICY readers ON portal.experience FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR withdrawn_at IS NULL AND (SELECT ctx.scope()) IN ('land', 'body', 'ministry', 'provider'));
CREATE POLICY shared ON portal.experience FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY bodies_release ON portal.experience FOR INSERT WITH CHECK (
  (SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()) AND released_by = (SELECT ctx.person_id()));
CREATE POLICY bodies_withdraw ON portal.experience FOR UPDATE
  USING ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()) AND withdrawn_at IS NULL)
  WITH CHECK (org_id = (SELECT ctx.org_id()));

CREATE TABLE portal.experience_file (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  experience_id uuid NOT NULL,
  evidence_id uuid NOT NULL,
  PRIMARY KEY (land_id, org_id, experience_id, evidence_id),
  FOREIGN KEY (land_id, org_id, experience_id) REFERENCES portal.experience (land_id, org_id, experience_id),
  FOREIGN KEY (land_id, org_id, evidence_id) REFERENCES portal.evidence (land_id, org_id, evidence_id));
COMMENT ON TABLE portal.experience_file IS 'The files that a body released with an experience. The bytes stay where they are: who reads them is asked each time.';
CALL portal.wall('portal.experience_file');
CREATE POLICY readers ON portal.experience_file FOR SELECT USING (org_id = (SELECT ctx.org_id()));
CREATE POLICY shared ON portal.experience_file FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY bodies_release ON portal.experience_file FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()));

CREATE TABLE portal.hint (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  experience_id uuid NOT NULL,
  taken_by uuid NOT NULL,
  taken_at timestamptz NOT NULL,
  PRIMARY KEY (land_id, org_id, experience_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, experience_id) REFERENCES portal.experience (land_id, experience_id));
COMMENT ON TABLE portal.hint IS 'An experience of another body that a body took over as a hint to its own steps. It points there and copies nothing: withdrawn there, it is gone here.';
CALL portal.wall('portal.hint');
CREATE POLICY readers ON portal.hint FOR SELECT USING (org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land');
CREATE POLICY bodies_take ON portal.hint FOR INSERT WITH CHECK (
  (SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()) AND taken_by = (SELECT ctx.person_id()));

-- What follows reads files and onboardings of other bodies, and tells only what was released, or where a body stands.
CREATE POLICY shared ON portal.evidence FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY shared ON portal.evidence_chunk FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY compared ON portal.onboarding FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()));

-- shared_files are the files of an experience, as long as it is released and they are there.
CREATE FUNCTION ctx.shared_files(p_experience uuid) RETURNS TABLE (evidence_id uuid, name text, kind text, size int, sha256 bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT e.evidence_id, e.name, e.kind, e.size, e.sha256
  FROM portal.experience x
  JOIN portal.experience_file f ON f.land_id = x.land_id AND f.org_id = x.org_id AND f.experience_id = x.experience_id
  JOIN portal.evidence e ON e.land_id = f.land_id AND e.org_id = f.org_id AND e.evidence_id = f.evidence_id
  WHERE x.land_id = ctx.land_id() AND x.experience_id = p_experience AND x.withdrawn_at IS NULL AND e.deleted_at IS NULL
    AND ctx.scope() IN ('land', 'body', 'ministry', 'provider') $$;

-- shared_piece hands out a piece of such a file.
CREATE FUNCTION ctx.shared_piece(p_experience uuid, p_evidence uuid, p_no int) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.bytes
  FROM ctx.shared_files(p_experience) s
  JOIN portal.evidence_chunk c ON c.land_id = ctx.land_id() AND c.evidence_id = s.evidence_id AND c.no = p_no
  WHERE s.evidence_id = p_evidence $$;

-- peers says how far the other bodies are with a service: a town learns from their stand, not from their steps.
CREATE FUNCTION ctx.peers(p_service uuid) RETURNS TABLE (org_id uuid, state text, live_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT o.org_id, o.state, o.live_on
  FROM portal.onboarding o
  WHERE o.land_id = ctx.land_id() AND o.service_id = p_service AND o.org_id <> ctx.org_id() AND ctx.scope() = 'body'
    AND o.state NOT IN ('paused', 'declined', 'not_applicable', 'decommissioned') $$;
REVOKE EXECUTE ON FUNCTION ctx.shared_files(uuid), ctx.shared_piece(uuid, uuid, int), ctx.peers(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.shared_files(uuid), ctx.shared_piece(uuid, uuid, int), ctx.peers(uuid) TO portal_app;

GRANT SELECT, INSERT ON portal.experience, portal.experience_file, portal.hint TO portal_app;
GRANT UPDATE (withdrawn_by, withdrawn_at) ON portal.experience TO portal_app;
COMMIT;
