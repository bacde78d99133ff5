BEGIN;
SET LOCAL ROLE portal_owner;
DROP TABLE portal.progress, portal.onboarding_basis, portal.step, portal.onboarding, portal.rollin;
COMMIT;
