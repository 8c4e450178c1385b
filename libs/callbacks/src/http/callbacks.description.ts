import { OF_MERCHANT, shapes, type AdminDescription } from '@app/platform';
import { CALLBACK_LISTING } from '../admin/callback-listing';

const { count, id, integer, listOf, number, object, oneOf, orNull, text, time, told, whole } = shapes;

const LINE = {
  id: id('message'),
  merchant_id: id('merchant'),
  environment: oneOf(['test', 'live']),
  channel_id: id('channel'),
  session_id: id('session'),
  kind: text,
  url: text,
  state: oneOf(['due', 'delivered', 'dead']),
  tries: count,
  next_try_at: orNull(time),
  last_status: orNull(integer),
  last_problem: orNull(text),
  created_at: time,
  delivered_at: orNull(time),
  resend_at: told('Since when a delivered one is wanted once more', orNull(time)),
};

export const DESCRIPTION: AdminDescription = {
  tag: 'Callbacks',
  schemas: {
    CallbackFigures: whole({
      environments: listOf(
        whole({
          environment: oneOf(['test', 'live']),
          due: told('Due now', count),
          oldest_due_at: orNull(time),
          failing: told('Tried, and not taken yet', count),
          dead: told('Given up', count),
          last_hour: whole({
            owed: told('Put on the books, and fallen due', count),
            delivered: count,
            at_first_try: count,
            lag_p50_seconds: orNull(number),
            lag_p95_seconds: orNull(number),
            lag_per_minute: told('The median of each minute, the oldest first', listOf(orNull(number))),
          }),
        }),
      ),
    }),
    CallbackEndpoints: whole({
      data: listOf(
        whole({
          url: told('Without its query, and without who is named in it', text),
          environment: oneOf(['test', 'live']),
          owed: count,
          delivered: count,
          failing: told('Tried, and not taken yet', count),
          dead: told('Given up', count),
          last_status: orNull(integer),
          last_problem: orNull(text),
          last_delivered_at: orNull(time),
          lag_p50_seconds: orNull(number),
        }),
      ),
    }),
    CallbackLine: whole(LINE),
    Callback: whole({
      ...LINE,
      payload: told('As it is sent, without the authentication value', object),
      deliveries: listOf(
        whole({ try: count, at: time, latency_ms: count, status: orNull(integer), problem: orNull(text) }),
      ),
    }),
  },
  routes: {
    'GET callbacks/figures': {
      id: 'getCallbackFigures',
      summary: 'How far behind we are with what merchants are owed, and how the last hour went',
      query: OF_MERCHANT,
      answer: 'CallbackFigures',
    },
    'GET callbacks/endpoints': {
      id: 'listCallbackEndpoints',
      summary: 'Where callbacks of the last 24 hours went: the fifty busiest addresses',
      query: OF_MERCHANT,
      answer: 'CallbackEndpoints',
    },
    'GET callbacks': {
      id: 'listCallbacks',
      summary: 'What merchants are owed',
      list: CALLBACK_LISTING,
      answer: 'CallbackLine',
    },
    'GET callbacks/:id': { id: 'getCallback', summary: 'A callback with every try at it', answer: 'Callback' },
  },
};
