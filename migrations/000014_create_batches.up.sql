BEGIN;
SET LOCAL ROLE portal_owner;
ALTER TABLE portal.land ADD COLUMN batches int NOT NULL DEFAULT 0;
COMMENT ON COLUMN portal.land.batches IS 'How many acts on many steps there were: the last number given.';

CREATE TABLE portal.batch (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  batch_id uuid NOT NULL,
  no int NOT NULL CHECK (no > 0),
  title text NOT NULL CHECK (title <> ''),
  state text NOT NULL CHECK (state IN ('in_progress', 'done')),
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  left_out jsonb NOT NULL DEFAULT '[]',
  undone_at timestamptz,
  PRIMARY KEY (land_id, batch_id),
  UNIQUE (land_id, no),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.batch IS 'One act of one person on many steps of bodies. It belongs to the organisation that acted.';
CALL portal.wall('portal.batch');
CREATE POLICY readers ON portal.batch FOR SELECT USING (org_id = (SELECT ctx.org_id()));
CREATE POLICY makers_add ON portal.batch FOR INSERT WITH CHECK (
  org_id = (SELECT ctx.org_id()) AND made_by = (SELECT ctx.person_id()) AND (SELECT ctx.scope()) IN ('land', 'provider'));
CREATE POLICY makers_undo ON portal.batch FOR UPDATE
  USING (org_id = (SELECT ctx.org_id())) WITH CHECK (made_by = (SELECT ctx.person_id()));

CREATE TABLE portal.batch_step (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  batch_id uuid NOT NULL,
  step_id uuid NOT NULL,
  onboarding_id uuid NOT NULL,
  waiting_id uuid,
  version bigint NOT NULL,
  state text NOT NULL,
  before jsonb NOT NULL,
  undone_at timestamptz,
  kept text NOT NULL DEFAULT '',
  PRIMARY KEY (land_id, org_id, batch_id, step_id),
  FOREIGN KEY (land_id, batch_id) REFERENCES portal.batch (land_id, batch_id),
  FOREIGN KEY (land_id, org_id, step_id) REFERENCES portal.step (land_id, org_id, step_id),
  FOREIGN KEY (land_id, org_id, onboarding_id) REFERENCES portal.onboarding (land_id, org_id, onboarding_id),
  FOREIGN KEY (land_id, org_id, waiting_id) REFERENCES portal.waiting (land_id, org_id, waiting_id));
COMMENT ON TABLE portal.batch_step IS 'A step that a batch changed: what it was before, so that the batch can be undone, and its version after, which says whether something newer happened.';
CREATE INDEX batch_step_by_batch ON portal.batch_step (land_id, batch_id);
CREATE INDEX batch_step_by_waiting ON portal.batch_step (land_id, org_id, waiting_id) WHERE waiting_id IS NOT NULL;
CALL portal.wall('portal.batch_step');
CREATE POLICY readers ON portal.batch_step FOR SELECT USING (
  EXISTS (SELECT FROM portal.batch b WHERE b.land_id = batch_step.land_id AND b.batch_id = batch_step.batch_id));
CREATE POLICY makers_add ON portal.batch_step FOR INSERT WITH CHECK (
  (SELECT ctx.scope()) = 'land' OR (SELECT ctx.scope()) = 'provider' AND org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
CREATE POLICY makers_undo ON portal.batch_step FOR UPDATE USING (undone_at IS NULL AND kept = '') WITH CHECK (
  (SELECT ctx.scope()) = 'land' OR (SELECT ctx.scope()) = 'provider' AND org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));

-- What a batch ended may go on when the batch is undone. Nothing else opens a period again.
CREATE POLICY undo_reopens ON portal.waiting FOR UPDATE
  USING (ended_at IS NOT NULL AND EXISTS (
    SELECT FROM portal.batch_step b
    WHERE b.land_id = waiting.land_id AND b.org_id = waiting.org_id AND b.waiting_id = waiting.waiting_id AND b.undone_at IS NULL))
  WITH CHECK (ended_at IS NULL AND org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
COMMENT ON TABLE portal.waiting IS 'A period in which a step lies with others: an organisation of the Land, or a party by its name. A period that ended never changes, unless the batch that ended it is undone.';

-- next_batch numbers the batches of a Land: who may read only their own cannot count them.
CREATE FUNCTION ctx.next_batch() RETURNS int LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  UPDATE portal.land SET batches = batches + 1
  WHERE land_id = ctx.land_id() AND ctx.scope() IN ('land', 'provider')
  RETURNING batches $$;
REVOKE EXECUTE ON FUNCTION ctx.next_batch() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.next_batch() TO portal_app;

GRANT SELECT, INSERT, UPDATE (undone_at) ON portal.batch TO portal_app;
GRANT SELECT, INSERT, UPDATE (undone_at, kept) ON portal.batch_step TO portal_app;
COMMIT;
