import { CALLBACK_LISTING } from '@app/callbacks';
import { filterSchema, shapes, type AdminDescription } from '@app/platform';
import { ITEM_LISTING, ITEM_STATES, JOB_ACTS, JOB_LISTING, JOB_STATES } from '../admin/bulk-job';
import { SESSION_LISTING } from '../admin/session-listing';
import { BulkActDto, MAX_IDS } from './admin-jobs.dto';
import { SessionActDto } from './admin-sessions.dto';

const { count, flag, id, integer, listOf, oneOf, orNull, text, time, told, whole } = shapes;

/** Which ones; each act's own. */
const CHOICE = {
  ids: { type: 'array', minItems: 1, maxItems: MAX_IDS, items: { anyOf: [id('session'), id('message')] } },
  filter: told('In the dialect of the list of sessions, or of callbacks where these are to be sent again', {
    anyOf: [filterSchema(SESSION_LISTING), filterSchema(CALLBACK_LISTING)],
  }),
};

const LINE = {
  id: id('job'),
  act: oneOf(JOB_ACTS),
  state: oneOf(JOB_STATES),
  stop_code: orNull(oneOf(['actor_not_active', 'permission_missing', 'merchant_scope_insufficient'])),
  reason: orNull(text),
  by: whole({ id: text, name: text }),
  total: count,
  counts: whole(Object.fromEntries(ITEM_STATES.map((state) => [state, count]))),
  created_at: time,
  ended_at: orNull(time),
};

export const DESCRIPTION: AdminDescription = {
  tag: 'Jobs',
  schemas: {
    JobLine: whole(LINE),
    Job: whole({
      ...LINE,
      failures: told(
        'The first ones',
        listOf(whole({ session_id: orNull(id('session')), code: text }, { message_id: id('message') })),
      ),
    }),
    JobItem: whole(
      { id: text, number: count, session_id: orNull(id('session')), state: oneOf(ITEM_STATES), code: orNull(text) },
      { message_id: id('message') },
    ),
    JobPreview: whole({
      total: count,
      merchants: listOf(whole({ merchant_id: id('merchant'), total: count })),
    }),
    ReplayOutcome: whole({ delivered: flag, status: orNull(integer), problem: orNull(text) }),
  },
  routes: {
    'GET jobs': { id: 'listJobs', summary: 'List jobs', list: JOB_LISTING, answer: 'JobLine' },
    'POST jobs': {
      id: 'createJob',
      summary: 'Do an act with many sessions or callbacks: with `ids`, or with all that `filter` finds now',
      body: BulkActDto,
      bodyAlso: CHOICE,
      answer: 'Job',
      refusals: [404, 409],
    },
    'POST jobs/preview': {
      id: 'previewJob',
      summary: 'How many a job would be about; nothing happens',
      body: BulkActDto,
      bodyAlso: CHOICE,
      answer: 'JobPreview',
    },
    'GET jobs/:id/items': {
      id: 'listJobItems',
      summary: 'What a job is about, and what came of each',
      list: ITEM_LISTING,
      answer: 'JobItem',
    },
    'POST callbacks/:id/replay': {
      id: 'replayCallback',
      summary: 'Send a callback again now, as the same message; tells what its merchant answered',
      body: SessionActDto,
      answer: 'ReplayOutcome',
      refusals: [409],
    },
    'GET jobs/:id': { id: 'getJob', summary: 'How far a job is', answer: 'Job' },
    'POST jobs/:id/cancel': {
      id: 'cancelJob',
      summary: 'End it: what is not begun is not done',
      body: SessionActDto,
      answer: 'Job',
    },
  },
};
