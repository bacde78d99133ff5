BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.workload();
DROP FUNCTION ctx.schema_version();
RESET ROLE;
REVOKE SELECT ON public.schema_migrations FROM portal_owner;
REVOKE USAGE ON SCHEMA public FROM portal_owner;
COMMIT;
