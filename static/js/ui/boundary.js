/**
 * Keeps the rest of the page alive when one panel cannot be drawn.
 */
import { Component, html } from "htm/preact";
import { say } from "../words/say.js";

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
    return html`<p class="hint wrong broken">${say("boundary.broken", { name: this.props.name })}
      <button onClick=${() => this.setState({ error: null })}>${say("boundary.again")}</button></p>`;
  }
}
