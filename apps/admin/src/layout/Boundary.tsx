import { Component, type ReactNode } from 'react';
import { Failure } from '../ui/states';

/** Keeps the failure of a screen on that screen. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state = { error: null as unknown };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <Failure error={error} retry={() => window.location.reload()} />;
  }
}
