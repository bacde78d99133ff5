BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.report_barrier(text, uuid, text, text, text, text), ctx.legal_page(text, text);
DROP TABLE portal.barrier_report;
DROP TABLE portal.legal_text;
COMMIT;
