BEGIN;
SET LOCAL ROLE portal_owner;
DELETE FROM auth.person_column WHERE tab IN ('portal.survey_round'::regclass, 'portal.survey_response'::regclass, 'portal.product_spelling'::regclass);
DROP TABLE portal.product_spelling, portal.survey_answer, portal.survey_response, portal.survey_round;
COMMIT;
