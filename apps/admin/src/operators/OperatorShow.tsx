import Button from '@mui/material/Button';
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { perform } from '../providers/acts';
import { useOne } from '../providers/use-one';
import { ROLES, useMay, useMe } from '../session/me';
import { Identity } from '../account/Identity';
import { Copyable } from '../ui/Copyable';
import { Facts } from '../ui/Facts';
import type { Given } from '../ui/given';
import { Found } from '../ui/Found';
import { Page } from '../ui/Page';
import { Pill } from '../ui/Pill';
import { ReasonedAct } from '../ui/ReasonedAct';
import { Section } from '../ui/Section';
import { Time } from '../ui/Time';
import { useDone } from '../ui/use-done';
import { EditOperator } from './EditOperator';
import { InvitationTold } from './Invite';
import type { Invitation, Operator } from './types';
import { Merchants, OPERATOR_STATES } from './words';

const BACK = { to: '/operators', label: 'Users' };

/** Somebody who uses the console: what they may do, and how that is changed. */
export function OperatorShow() {
  const { id = '' } = useParams();
  return (
    <Found query={useOne('operators', id)} what="user" back={BACK}>
      {(operator) => <Shown operator={operator} />}
    </Found>
  );
}

function Shown({ operator }: { readonly operator: Operator }) {
  const mayWrite = useMay('operators.write');
  const mayAudit = useMay('audit.read');
  const { tone, label } = OPERATOR_STATES[operator.status];
  const done = encodeURIComponent(JSON.stringify({ actor_id: operator.id }));
  return (
    <Page
      title={operator.name}
      heading={
        <>
          {operator.name} <Pill tone={tone}>{label}</Pill>
        </>
      }
      back={BACK}
      actions={mayWrite && <Acts operator={operator} />}
    >
      <Section title="Who it is">
        <Facts
          facts={[
            ['E-mail address', operator.email],
            ['Role', `${ROLES[operator.role].name}: ${ROLES[operator.role].may.toLowerCase()}`],
            ['Merchants', <Merchants key="merchants" grant={operator} />],
            ['Second factor', operator.has_second_factor ? 'An authenticator app' : 'None yet'],
            ['Identity provider', operator.identity && <Identity key="identity" identity={operator.identity} />],
            ['Since', <Time key="since" at={operator.created_at} as="full" />],
            [
              'Last signed in',
              operator.last_signed_in_at === null ? (
                'Never'
              ) : (
                <Time key="seen" at={operator.last_signed_in_at} as="ago" />
              ),
            ],
            ['User id', <Copyable key="id" text={operator.id} name="user id" />],
            [
              'What they did',
              mayAudit && (
                <Link key="audit" to={`/audit?filter=${done}`}>
                  In the audit log
                </Link>
              ),
            ],
          ]}
        />
      </Section>
    </Page>
  );
}

type OperatorAct = 'reset-second-factor' | 'unlink-identity' | 'end-sessions' | 'enable' | 'disable';

function Acts({ operator }: { readonly operator: Operator }) {
  const me = useMe();
  const done = useDone();
  const [isOpen, setOpen] = useState(false);
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const isOneself = me?.id === operator.id;
  const oneself = isOneself ? 'Another administrator has to do this to you' : null;
  const doIt =
    (name: OperatorAct, words: string) =>
    async (given: Given): Promise<void> => {
      await perform(`POST operators/{id}/${name}`, given, { path: { id: operator.id } });
      await done(words);
    };
  const reinvite = async (given: Given): Promise<void> => {
    setInvitation(await perform('POST operators/{id}/invitation', given, { path: { id: operator.id } }));
    await done('The invitation is made.');
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>Edit</Button>
      <ReasonedAct
        label="New invitation"
        explanation={[
          'A new link by which they set their password. The old one ends, and the password once it is used.',
        ]}
        obstacle={operator.status === 'disabled' ? 'Enable the user first' : null}
        onDo={reinvite}
      />
      <ReasonedAct
        label="Reset second factor"
        explanation={[
          'For somebody who has lost telephone and recovery codes. Make sure that it is them who asks.',
          'Their sessions end, and they set up another app when they sign in.',
        ]}
        isFinal
        obstacle={oneself ?? (operator.has_second_factor ? null : 'There is none')}
        of={operator}
        onDo={doIt('reset-second-factor', 'The second factor is reset.')}
      />
      {operator.identity && (
        <ReasonedAct
          label="Unlink identity"
          explanation={[
            'For somebody who has another account at the identity provider now. Their sessions end.',
            'Whoever signs in there with their verified e-mail address next is linked. To keep somebody out, disable them.',
          ]}
          isFinal
          obstacle={oneself}
          of={operator}
          onDo={doIt('unlink-identity', 'The identity is unlinked.')}
        />
      )}
      <ReasonedAct
        label="End sessions"
        explanation={['They are signed out everywhere, at once. They can sign in again.']}
        onDo={doIt('end-sessions', 'Their sessions have ended.')}
      />
      {operator.status === 'disabled' ? (
        <ReasonedAct
          key="enable"
          label="Enable"
          explanation={['They can sign in again, with the password that they had.']}
          of={operator}
          onDo={doIt('enable', 'The user is enabled.')}
        />
      ) : (
        <ReasonedAct
          key="disable"
          label="Disable"
          explanation={[
            'They are signed out everywhere, at once, and cannot sign in again.',
            'You can enable them later.',
          ]}
          isFinal
          obstacle={oneself}
          of={operator}
          onDo={doIt('disable', 'The user is disabled.')}
        />
      )}
      {isOpen && <EditOperator operator={operator} isOneself={isOneself} onClose={() => setOpen(false)} />}
      {invitation && <InvitationTold invitation={invitation} onClose={() => setInvitation(null)} />}
    </>
  );
}
