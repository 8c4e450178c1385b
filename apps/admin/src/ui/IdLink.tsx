import { styled } from '@mui/material/styles';
import { useResourceDefinitions } from 'react-admin';
import { Link } from 'react-router-dom';
import { destinationOf } from '../palette/destinations';
import { Copyable, shortId } from './Copyable';

/** As high as a finger, or somebody whose hand shakes, needs it; no wider than there is room. */
const Way = styled(Link)({
  display: 'inline-block',
  minWidth: 24,
  maxWidth: '100%',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  verticalAlign: 'bottom',
  lineHeight: '24px',
  textUnderlineOffset: 3,
});

interface IdLinkProps {
  readonly id: string;
  /** What it is, for the button that copies it. */
  readonly name: string;
  /** What is shown of it; its kind and its last letters where nothing else is said. */
  readonly children?: string;
  /** What is shown is what people call it. */
  readonly isWords?: boolean;
  /** As that of `Copyable`. */
  readonly isQuiet?: boolean;
  /** It goes on below rather than being cut. */
  readonly isWhole?: boolean;
}

/** An id that leads to what it names, where whoever looks may go there; any other text as it is. */
export function IdLink({
  id,
  name,
  children = shortId(id),
  isWords = false,
  isQuiet = false,
  isWhole = false,
}: IdLinkProps) {
  const to = destinationOf(id, Object.keys(useResourceDefinitions()))?.to;
  return (
    <Copyable
      text={id}
      name={name}
      title={isWords ? `${children} (${id})` : id}
      isWords={isWords}
      isQuiet={isQuiet}
      isWhole={isWhole}
    >
      {to === undefined ? children : <Way to={to}>{children}</Way>}
    </Copyable>
  );
}
