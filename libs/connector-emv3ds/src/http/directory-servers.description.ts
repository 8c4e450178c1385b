import { shapes, type AdminDescription } from '@app/platform';
import { LookUpDto, RefreshDto } from './admin-directory-servers.dto';

const { count, listOf, mapOf, number, oneOf, orNull, ref, text, time, told, whole } = shapes;

const FIGURES = whole({
  calls: told('Authentication requests, of all processes', count),
  failed: told('Those that brought no ARes', count),
  error_rate: orNull(number),
  p50_ms: orNull(count),
  p95_ms: orNull(count),
});

const ID = told('Environment and name: `test-visa`', text);

export const DESCRIPTION: AdminDescription = {
  tag: 'Directory servers',
  schemas: {
    DirectoryServer: whole({
      id: ID,
      environment: oneOf(['test', 'live']),
      directory_server: text,
      url: text,
      ds_start_version: orNull(text),
      ds_end_version: orNull(text),
      ranges: count,
      ranges_loaded_at: orNull(time),
      last_attempt_at: orNull(time),
      next_attempt_at: orNull(time),
      last_error: orNull(text),
      last_hour: FIGURES,
      last_day: FIGURES,
      certificate: told(
        'As seen at the last connection, its name masked; null over http',
        orNull(
          whole({
            subject: text,
            issuer: text,
            not_before: time,
            not_after: time,
            days_left: told('0 or less once it has ended', { type: 'integer' }),
            seen_at: time,
          }),
        ),
      ),
    }),
    DirectoryServers: whole({
      data: listOf(ref('DirectoryServer')),
      next: { type: 'null' },
      prev: { type: 'null' },
    }),
    LookedUpCard: whole({
      found: listOf(
        whole({
          id: ID,
          directory_server: text,
          range: orNull(
            whole({
              start: text,
              end: text,
              acs_start_version: text,
              acs_end_version: text,
              method_url: orNull(text),
            }),
          ),
        }),
      ),
    }),
    MessageFields: whole({
      messages: told(
        'By message type and field',
        mapOf(mapOf(whole({ description: text, format: text, rule: text, values: mapOf(text) }))),
      ),
    }),
  },
  routes: {
    'GET directory-servers': {
      id: 'listDirectoryServers',
      summary: 'All directory servers: there are as many as schemes',
      answer: 'DirectoryServers',
    },
    'GET directory-servers/:id': {
      id: 'getDirectoryServer',
      summary: 'Show a directory server',
      answer: 'DirectoryServer',
    },
    'POST directory-servers/:id/refresh': {
      id: 'refreshDirectoryServer',
      summary: 'Load its card ranges now',
      body: RefreshDto,
      answer: 'DirectoryServer',
      refusals: [409],
    },
    'POST directory-servers/look-up': {
      id: 'lookUpCard',
      summary: 'What directory servers say of a card',
      description: 'The number is looked up in memory, and neither kept nor logged.',
      body: LookUpDto,
      answer: 'LookedUpCard',
    },
    'GET message-fields': {
      id: 'getMessageFields',
      summary: 'Words for the fields of EMV 3DS messages',
      answer: 'MessageFields',
    },
  },
};
