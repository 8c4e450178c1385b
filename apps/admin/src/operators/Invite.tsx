import { useState } from 'react';
import { perform } from '../providers/acts';
import { useMe } from '../session/me';
import { ActDialog } from '../ui/ActDialog';
import type { Given } from '../ui/given';
import { SecretDialog } from '../ui/SecretDialog';
import { TextInput } from '../ui/TextInput';
import { useDone } from '../ui/use-done';
import { GrantFields, grantBody } from './GrantFields';
import type { Grant, Invitation } from './types';

/** Makes somebody, and tells once the link by which they set their password. */
export function Invite({ onClose }: { readonly onClose: () => void }) {
  const me = useMe();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [grant, setGrant] = useState<Grant>({
    role: 'viewer',
    all_merchants: me?.all_merchants === true,
    merchant_ids: [],
  });
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const done = useDone();
  const invite = async (given: Given): Promise<void> => {
    const body = { email: email.trim(), name: name.trim(), ...grantBody(grant) };
    setInvitation(await perform('POST operators', given, { body }));
    await done('The invitation is made.');
  };
  if (invitation) return <InvitationTold invitation={invitation} onClose={onClose} />;
  return (
    <ActDialog
      title="Invite somebody"
      label="Invite"
      explanation={[
        'They get a link by which they set their password. Send it to them: no mail is sent by itself.',
        'It works once, within seven days.',
      ]}
      onDo={invite}
      onClose={onClose}
    >
      <TextInput
        label="E-mail address"
        names={['email']}
        type="email"
        value={email}
        onChange={setEmail}
        isRequired
        autoFocus
        attributes={{ maxLength: 254, autoComplete: 'off' }}
      />
      <TextInput
        label="Name"
        names={['name']}
        value={name}
        onChange={setName}
        isRequired
        attributes={{ maxLength: 100, autoComplete: 'off' }}
      />
      <GrantFields grant={grant} onChange={setGrant} />
    </ActDialog>
  );
}

interface InvitationToldProps {
  readonly invitation: Invitation;
  readonly onClose: () => void;
}

/** The link of an invitation. */
export function InvitationTold({ invitation, onClose }: InvitationToldProps) {
  return (
    <SecretDialog
      title="Send them this link"
      told={{ 'Invitation link': invitation.invitation_url }}
      onClose={onClose}
    />
  );
}
