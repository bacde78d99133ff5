BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.next_batch();
DROP POLICY undo_reopens ON portal.waiting;
COMMENT ON TABLE portal.waiting IS 'A period in which a step lies with others: an organisation of the Land, or a party by its name. A period that ended never changes.';
DROP TABLE portal.batch_step;
DROP TABLE portal.batch;
ALTER TABLE portal.land DROP COLUMN batches;
COMMIT;
