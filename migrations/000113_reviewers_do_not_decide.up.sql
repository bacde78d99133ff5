BEGIN;
SET LOCAL ROLE portal_owner;
-- Four eyes: whoever prepared a case does not decide it, and nobody decides in their name. Preparing is asking for it,
-- answering one of its reviews, and submitting it.
CREATE FUNCTION portal.decision_not_prepared() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.decided_by IS DISTINCT FROM OLD.decided_by AND EXISTS (
    SELECT FROM portal.review r
    WHERE r.land_id = NEW.land_id AND r.org_id = NEW.org_id AND r.decision_id = NEW.decision_id
      AND r.reviewed_by IN (NEW.decided_by, (
        SELECT g.from_person FROM portal.delegation g
        WHERE g.land_id = NEW.land_id AND g.org_id = NEW.org_id AND g.delegation_id = NEW.delegation_id))) THEN
    RAISE EXCEPTION 'decided by somebody who prepared the case' USING ERRCODE = 'check_violation', CONSTRAINT = 'four_eyes';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION portal.decision_not_prepared() FROM PUBLIC;
CREATE TRIGGER not_prepared BEFORE UPDATE ON portal.decision FOR EACH ROW EXECUTE FUNCTION portal.decision_not_prepared();
COMMIT;
