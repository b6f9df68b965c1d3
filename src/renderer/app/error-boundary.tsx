import { Component, type ReactNode } from 'react';
import { errorOf } from '../rpc/index.ts';
import { FailedState } from '../ui/index.ts';

interface ErrorBoundaryProps {
  title: string;
  children: ReactNode;
  /** A change of it clears the failure, for example the address of the screen. */
  resetKey?: string;
}

interface ErrorBoundaryState {
  readonly failure: { readonly thrown: unknown; readonly key: string | undefined } | null;
}

/** Keeps a failing part from taking down what is around it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { failure: null };

  static getDerivedStateFromError(thrown: unknown): Partial<ErrorBoundaryState> {
    return { failure: { thrown, key: undefined } };
  }

  static getDerivedStateFromProps(props: ErrorBoundaryProps, state: ErrorBoundaryState): ErrorBoundaryState | null {
    const { failure } = state;
    if (failure === null) return null;
    if (failure.key === undefined) return { failure: { ...failure, key: props.resetKey ?? '' } };
    return failure.key === (props.resetKey ?? '') ? null : { failure: null };
  }

  override componentDidCatch(thrown: unknown): void {
    console.error('A part of the page failed', thrown);
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    return (
      <FailedState
        title={this.props.title}
        error={errorOf(failure.thrown)}
        stillWorks="The other screens still work, and nothing was changed."
        onRetry={() => this.setState({ failure: null })}
      />
    );
  }
}
