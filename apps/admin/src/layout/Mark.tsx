import { styled } from '@mui/material/styles';
import mark from '../mark.svg';

const Root = styled('span')({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 9,
  fontSize: 14,
  fontWeight: 650,
  letterSpacing: '-0.01em',
});

/** The product's sign and name. */
export function Mark() {
  return (
    <Root>
      <img src={mark} alt="" width={22} height={22} />
      Countersign
    </Root>
  );
}
