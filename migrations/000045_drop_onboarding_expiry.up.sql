-- What ends is now found from the proofs that end, in the statement that shows the onboardings; nobody reads the view.
BEGIN;
SET LOCAL ROLE portal_owner;
DROP VIEW portal.onboarding_expiry;
COMMIT;
