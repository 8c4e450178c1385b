import { shapes, type AdminDescription } from '@app/platform';
import { TestSessionDto } from './admin-test-sessions.dto';

const { id, orNull, ref, text, told, whole } = shapes;

export const DESCRIPTION: AdminDescription = {
  tag: 'Simulator',
  schemas: {
    MadeTestSession: whole({
      session_id: id('session'),
      status: ref('SessionStatus'),
      hosted_url: told('To go through as a cardholder does; null where it is not hosted', orNull(text)),
    }),
  },
  routes: {
    'POST simulator/test-sessions': {
      id: 'makeTestSession',
      summary: 'Make a session with a published test card, as a merchant would',
      description: 'Only where there is a simulator. Nobody is called back.',
      body: TestSessionDto,
      answer: 'MadeTestSession',
      refusals: [404, 409, 503],
    },
  },
};
