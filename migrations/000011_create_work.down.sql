BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.enter_work(uuid, uuid), ctx.work_actor(uuid, uuid), ctx.work_laender(), ctx.automatic(), ctx.add_job(text, jsonb, timestamptz);
DROP SCHEMA river CASCADE;
COMMIT;
