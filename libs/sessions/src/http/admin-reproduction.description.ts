import { shapes, type AdminDescription } from '@app/platform';
import { SessionActDto } from './admin-sessions.dto';

const { id, listOf, oneOf, orNull, ref, text, told, whole } = shapes;

export const DESCRIPTION: AdminDescription = {
  tag: 'Simulator',
  schemas: {
    ReproductionPlan: whole({
      kind: oneOf(['replay', 'not_possible']),
      code: orNull(text),
      explanation: told('What would happen, for people', listOf(text)),
      differences: told('What would not be as it was', listOf(text)),
    }),
    Reproduced: whole({
      session_id: id('session'),
      status: ref('SessionStatus'),
      trans_status: orNull(text),
      trans_status_reason: orNull(text),
    }),
  },
  routes: {
    'GET sessions/:id/reproduce': {
      id: 'explainReproduction',
      summary: 'What a reproduction in the simulator would replay; nothing happens',
      answer: 'ReproductionPlan',
      refusals: [503],
    },
    'POST sessions/:id/reproduce': {
      id: 'reproduceSession',
      summary: 'Replay at the simulator what it met, as another session',
      description: 'Only where there is a simulator. Nothing reaches a real issuer, an upstream or the merchant.',
      body: SessionActDto,
      answer: 'Reproduced',
      refusals: [409, 503],
    },
  },
};
