import { useState } from 'react';
import { change } from '../providers/acts';
import { ActDialog } from '../ui/ActDialog';
import { because } from '../ui/ReasonedAct';
import { TextInput } from '../ui/TextInput';
import { useDone } from '../ui/use-done';
import { GrantFields, grantBody } from './GrantFields';
import type { Grant, Operator } from './types';

interface EditOperatorProps {
  readonly operator: Operator;
  /** Nobody changes their own rights. */
  readonly isOneself: boolean;
  readonly onClose: () => void;
}

/** Changes what somebody is called and may do; it counts at once. */
export function EditOperator({ operator, isOneself, onClose }: EditOperatorProps) {
  const [name, setName] = useState(operator.name);
  const [grant, setGrant] = useState<Grant>(operator);
  const done = useDone();
  const save = async (reason: string | null): Promise<void> => {
    const rights = isOneself ? {} : grantBody(grant);
    await change('operators', operator.id, { name: name.trim(), ...rights, ...because(reason) });
    await done('The user is changed.');
    onClose();
  };
  return (
    <ActDialog
      title="Edit the user"
      label="Save"
      explanation={isOneself ? [] : ['Another role or other merchants count at once, also where they are signed in.']}
      onDo={save}
      onClose={onClose}
    >
      <TextInput label="Name" value={name} onChange={setName} isRequired autoFocus attributes={{ maxLength: 100 }} />
      {!isOneself && <GrantFields grant={grant} onChange={setGrant} />}
    </ActDialog>
  );
}
