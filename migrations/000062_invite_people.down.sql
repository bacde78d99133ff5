BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.accept_invitation(bytea, text, text, text, text);
DROP FUNCTION ctx.invitation_of(bytea);
DROP FUNCTION ctx.end_membership(uuid);
DROP FUNCTION ctx.members(uuid);
DROP TABLE portal.invitation;
COMMIT;
