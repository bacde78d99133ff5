BEGIN;
SET LOCAL ROLE portal_owner;
DROP VIEW portal.blocked_onboarding, portal.blockade;
DROP FUNCTION ctx.obstacle_reach(), portal.obstacle_open(portal.obstacle);
DROP TABLE portal.obstacle_affected, portal.obstacle;
RESET ROLE;
DROP EXTENSION pg_trgm;
COMMIT;
