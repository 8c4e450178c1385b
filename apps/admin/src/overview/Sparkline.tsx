import { useTheme } from '@mui/material/styles';

const WIDTH = 240;
const HEIGHT = 28;

/** Values of minutes as bars, the newest at the right. */
export function Sparkline({ values, name }: { readonly values: readonly number[]; readonly name: string }) {
  const { tokens } = useTheme();
  const most = Math.max(1, ...values);
  const step = WIDTH / values.length;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width="100%"
      height={HEIGHT}
      preserveAspectRatio="none"
      role="img"
      aria-label={name}
    >
      {values.map((value, index) => (
        <rect
          // The place is what a minute is known by here.
          key={index}
          x={index * step}
          y={HEIGHT - Math.max(1, (value / most) * HEIGHT)}
          width={step - 1}
          height={Math.max(1, (value / most) * HEIGHT)}
          fill={value === 0 ? tokens.line : tokens.tones.info.mark}
        />
      ))}
    </svg>
  );
}
