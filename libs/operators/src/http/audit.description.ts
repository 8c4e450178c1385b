import { shapes, type AdminDescription } from '@app/platform';
import { AUDIT_LISTING } from '../domain/listings';
import { VerifyAuditDto } from './operator.dto';

const { flag, id, integer, object, oneOf, orNull, text, time, told, whole } = shapes;

export const DESCRIPTION: AdminDescription = {
  tag: 'Audit',
  schemas: {
    AuditEntry: whole({
      id: id('auditEntry'),
      seq: told('Counts from 1, without a gap', integer),
      at: time,
      merchant_id: orNull(id('merchant')),
      actor: whole({ kind: oneOf(['operator', 'service_account', 'command_line']), id: orNull(text), name: text }),
      act: text,
      subject: text,
      before: orNull(object),
      after: orNull(object),
      reason: orNull(text),
      address: orNull(text),
      request_id: orNull(text),
    }),
    ChainVerdict: whole({
      intact: flag,
      entries: orNull(integer),
      end: told('To be kept elsewhere, and sent as `anchor` later', orNull(text)),
      problem: orNull(text),
      broken_at: orNull(integer),
    }),
  },
  routes: {
    'GET audit': { id: 'listAuditEntries', summary: 'What operators did', list: AUDIT_LISTING, answer: 'AuditEntry' },
    'POST audit/verify': {
      id: 'verifyAudit',
      summary: 'Look at the whole chain',
      body: VerifyAuditDto,
      answer: 'ChainVerdict',
    },
  },
};
