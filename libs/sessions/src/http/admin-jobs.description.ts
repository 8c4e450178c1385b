import { filterSchema, shapes, type AdminDescription } from '@app/platform';
import { ITEM_STATES, JOB_LISTING, JOB_STATES } from '../admin/bulk-job';
import { SESSION_ACTS } from '../admin/session-acts';
import { SESSION_LISTING } from '../admin/session-listing';
import { BulkActDto, MAX_IDS } from './admin-jobs.dto';

const { count, id, listOf, oneOf, orNull, text, time, told, whole } = shapes;

const LINE = {
  id: id('job'),
  act: oneOf(SESSION_ACTS),
  state: oneOf(JOB_STATES),
  stop_code: orNull(oneOf(['actor_not_active', 'permission_missing', 'merchant_scope_insufficient'])),
  reason: orNull(text),
  by: whole({ id: text, name: text }),
  total: count,
  created_at: time,
  ended_at: orNull(time),
};

export const DESCRIPTION: AdminDescription = {
  tag: 'Jobs',
  schemas: {
    JobLine: whole(LINE),
    Job: whole({
      ...LINE,
      counts: whole(Object.fromEntries(ITEM_STATES.map((state) => [state, count]))),
      failures: told('The first ones', listOf(whole({ session_id: id('session'), code: text }))),
    }),
  },
  routes: {
    'GET jobs': { id: 'listJobs', summary: 'List jobs', list: JOB_LISTING, answer: 'JobLine' },
    'POST jobs': {
      id: 'createJob',
      summary: 'Do an act with many sessions: with `ids`, or with all that `filter` finds now',
      body: BulkActDto,
      bodyAlso: {
        ids: { type: 'array', minItems: 1, maxItems: MAX_IDS, items: id('session') },
        filter: filterSchema(SESSION_LISTING),
      },
      takesKey: true,
      answer: 'Job',
      refusals: [404, 409],
    },
    'GET jobs/:id': { id: 'getJob', summary: 'How far a job is', answer: 'Job' },
    'POST jobs/:id/cancel': {
      id: 'cancelJob',
      summary: 'End it: what is not begun is not done',
      answer: 'Job',
    },
  },
};
