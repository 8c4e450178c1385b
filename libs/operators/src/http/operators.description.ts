import { shapes, type AdminDescription, type RouteDescription } from '@app/platform';
import { OPERATOR_LISTING } from '../domain/listings';
import { OPERATOR_STATUSES } from '../domain/operator';
import { GRANT } from './grant.schema';
import { ChangeOperatorDto, EditDto, InviteOperatorDto, ReasonDto } from './operator.dto';

const { count, flag, id, oneOf, orNull, ref, text, time, told, version, whole } = shapes;

const OPERATOR = {
  id: id('operator'),
  email: text,
  name: text,
  ...GRANT,
  status: oneOf(OPERATOR_STATUSES),
  has_second_factor: flag,
  identity: orNull(ref('LinkedIdentity')),
  created_at: time,
  last_signed_in_at: orNull(time),
  version,
};
const INVITATION = { invitation_token: text, invitation_url: text, invitation_expires_at: time };

const act = (operationId: string, summary: string, answer: string, body = ReasonDto): RouteDescription => ({
  id: operationId,
  summary,
  body,
  answer,
  refusals: [409],
});

const edit = (operationId: string, summary: string): RouteDescription => act(operationId, summary, 'Operator', EditDto);

export const DESCRIPTION: AdminDescription = {
  tag: 'Operators',
  schemas: {
    Operator: whole(OPERATOR),
    LinkedIdentity: told(
      'Whom an operator is at the identity provider; null before the first sign-in there',
      whole({ issuer: text, subject: text, linked_at: time }),
    ),
    Invitation: whole(INVITATION),
    InvitedOperator: whole({ ...OPERATOR, ...INVITATION }),
    EndedSessions: whole({ ended: count }),
  },
  routes: {
    'GET operators': { id: 'listOperators', summary: 'List operators', list: OPERATOR_LISTING, answer: 'Operator' },
    'POST operators': {
      id: 'inviteOperator',
      summary: 'Invite somebody',
      body: InviteOperatorDto,
      answer: 'InvitedOperator',
      refusals: [409],
    },
    'GET operators/:id': { id: 'getOperator', summary: 'Show an operator', answer: 'Operator' },
    'PATCH operators/:id': {
      id: 'changeOperator',
      summary: 'Change name, role or merchants; what is left out stays',
      body: ChangeOperatorDto,
      answer: 'Operator',
      refusals: [409],
    },
    'POST operators/:id/invitation': act(
      'reinviteOperator',
      'Make a new invitation; the one before ends',
      'Invitation',
    ),
    'POST operators/:id/disable': edit('disableOperator', 'Shut somebody out, at once'),
    'POST operators/:id/enable': edit('enableOperator', 'Let somebody in again'),
    'POST operators/:id/reset-second-factor': edit('resetSecondFactor', 'Take the second factor away; sessions end'),
    'POST operators/:id/unlink-identity': edit('unlinkIdentity', 'Forget whom an operator is at the identity provider'),
    'POST operators/:id/end-sessions': act('endOperatorSessions', 'Sign somebody out everywhere', 'EndedSessions'),
  },
};
