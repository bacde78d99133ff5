BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.retry_job(bigint);
DROP FUNCTION ctx.troubled_jobs();
DROP TABLE portal.reminder;
COMMIT;
