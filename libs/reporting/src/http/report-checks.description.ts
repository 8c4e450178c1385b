import { shapes, type AdminDescription } from '@app/platform';
import { AskCheckDto } from './report-check.dto';

const { count, flag, integer, listOf, orNull, ref, text, time, told, whole } = shapes;

export const DESCRIPTION: AdminDescription = {
  tag: 'Reports',
  schemas: {
    ReportCheckFinding: whole({
      hour: told('When the hour began', time),
      merchant_id: text,
      what: told(
        '`rollup`: it was not what its sessions make. `sessions`: more or fewer were counted than there are. Else the identity of the catalogue that does not hold',
        text,
      ),
      excess: told('By how many, where that is one number', orNull(integer)),
      is_mended: told('The hour was rolled up anew', flag),
    }),
    ReportCheckResult: whole({
      began_at: orNull(time),
      ended_at: orNull(time),
      hours: told('Settled hours that it looked at', count),
      holds: told('Nothing was found in your scope', flag),
      findings: told('At most 100', listOf(ref('ReportCheckFinding'))),
    }),
    ReportCheck: whole({
      is_under_way: told('One waits for a worker, or is being done', flag),
      last: told('The last one that has ended', orNull(ref('ReportCheckResult'))),
    }),
  },
  routes: {
    'GET reports/check': {
      id: 'getReportCheck',
      summary: 'Whether reports add up to the sessions',
      description: 'As of the last night, or of when somebody asked.',
      answer: 'ReportCheck',
    },
    'POST reports/check': {
      id: 'askReportCheck',
      summary: 'Add reports up to the sessions now',
      description:
        'A worker does it. Rollups that are not what their sessions make are made anew. Where one is under way, that is it.',
      body: AskCheckDto,
      answer: 'ReportCheck',
    },
  },
};
