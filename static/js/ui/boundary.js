/**
 * Keeps the rest of the page alive when one panel cannot be drawn.
 */
import { Component, html } from "htm/preact";

/** @extends {Component<{name: string, children?: any}, {error: Error | null}>} */
export class Boundary extends Component {
  /** @override */
  state = { error: null };

  /** @override @param {Error} error */
  componentDidCatch(error) {
    this.setState({ error });
    console.error(error);
  }

  /** @override @returns {any} */
  render() {
    if (!this.state.error) return this.props.children;
    return html`<p class="hint wrong broken">The ${this.props.name} could not be drawn.
      <button onClick=${() => this.setState({ error: null })}>Try again</button></p>`;
  }
}
