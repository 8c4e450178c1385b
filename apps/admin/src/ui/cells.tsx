import { styled } from '@mui/material/styles';
import { Copyable, shortId } from './Copyable';

const Soft = styled('span')(({ theme }) => ({ color: theme.tokens.soft }));

/** What is not known, or does not apply. */
export const NONE = <Soft aria-label="none">–</Soft>;

/** An id in a list: its last letters, and the button that copies it whole. */
export const idCell = (id: string, name: string) => (
  <Copyable text={id} name={name}>
    {shortId(id)}
  </Copyable>
);

/** A name or number that others gave, in a list: the button that copies it takes no room in its row. */
export const textCell = (text: string, name: string) => <Copyable text={text} name={name} isWords isQuiet />;
