-- The Lagebild counts a few kinds of steps on their own: DVDV entries, certificates, E-Payment, guides.
BEGIN;
SET LOCAL ROLE portal_owner;
CREATE INDEX step_of_facts ON portal.step (land_id, key) WHERE key IN ('k_dvdv', 'k_cert', 'k_payment', 'l_guide');
COMMIT;
