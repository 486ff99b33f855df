/**
 * The shapes that travel: what the server answers, what the picture is made of.
 * Only types live here; the file runs to nothing.
 */

/** @typedef {number | "NaN" | "Infinity" | "-Infinity"} Wire a number as JSON can carry it */
/** @typedef {"operation" | "neuron" | "layer" | "pass"} Granularity */
/** @typedef {"forward" | "loss" | "backward" | "update"} Phase */
/** @typedef {{tensor: string, index: number[]}} Ref one number: a tensor's name and a zero-based index */

/** @typedef {{[name: string]: string | number | boolean | null}} Options */
/** @typedef {{name: string} & Options} Chosen an entry by its name, with its options */
/** @typedef {{units: number, activation?: string, dropout?: number}} LayerSpec */
/**
 * @typedef {object} Spec
 * @property {LayerSpec[]} layers
 * @property {string} loss
 * @property {Chosen} initializer
 * @property {Chosen} optimizer
 * @property {Chosen} schedule
 * @property {number} batch_size
 * @property {boolean} shuffle
 * @property {number} l2
 * @property {number} l1
 * @property {number} clip
 * @property {string[]} [frozen]
 * @property {number} seed
 * @property {string} dtype
 */
/** @typedef {{W: number[][], b: number[]}} LayerParameters */
/** @typedef {{text: string, delimiter?: string, decimal?: string, header?: boolean, inputs?: string[], targets?: string[], task?: string, missing?: string}} TableChoice */
/** How data is asked for: a ready set by name, a table, or rows; and how it is prepared.
 * @typedef {object} DataChoice
 * @property {string} [name]
 * @property {{[name: string]: string | number}} [options]
 * @property {number} [seed]
 * @property {TableChoice} [table]
 * @property {number[][]} [inputs]
 * @property {number[][]} [targets]
 * @property {number[][]} [test_inputs]
 * @property {number[][]} [test_targets]
 * @property {string[]} [features]
 * @property {string[]} [target_names]
 * @property {string[]} [classes]
 * @property {string[]} [products]
 * @property {number} [test_share]
 * @property {boolean} [standardize]
 */
/** @typedef {{preset: string} | {spec: Partial<Spec>, data: DataChoice, parameters?: LayerParameters[]}} Init */

/** @typedef {{iteration: number, operation: number, operations: number}} Position */
/** @typedef {"=" | "<" | ">"} Relation */
/** Where steps and runs stop: where a phase or an epoch begins, or where something holds for a number.
 * @typedef {{phase?: "" | Phase, epoch?: number | null, tensor?: string, index?: number[], relation?: Relation, value?: number}} Breakpoint */
/** @typedef {{phase: Phase, layer: number | null, first: number, end: number}} Segment */
/** @typedef {{index: number, epoch: number, batches: number, examples: number[], shown: number}} Batch */
/** @typedef {{iteration: number, operation: number, tensor: string, index: number[], value: Wire, sentence: string}} Diverged where training ends, and just after which operation */
/** @typedef {{data: Wire, penalty: Wire, total: Wire}} BatchCost */
/** @typedef {BatchCost & {own: Wire, after: BatchCost | null}} Cost */
/**
 * @typedef {object} DataTitle
 * @property {string | null} name
 * @property {string} title
 * @property {string} task one sentence: what is to be learned
 * @property {DataChoice | null} choice what asks for the same data again; null for a person's own
 * @property {number} rows to learn from
 * @property {number} tests rows to test on
 * @property {string[]} features
 * @property {string[]} targets
 * @property {string[] | null} classes
 */
/**
 * The data row by row; rows to test on are counted after those to learn from.
 * @typedef {object} Rows
 * @property {Wire[][]} inputs
 * @property {Wire[][]} targets
 * @property {string[]} features
 * @property {string[]} target_names
 * @property {string[] | null} classes
 * @property {Wire[][]} test_inputs
 * @property {Wire[][]} test_targets
 * @property {number[]} means what was taken from each input, where they are standardised
 * @property {number[]} deviations what it was divided by
 * @property {number[]} target_means
 * @property {number[]} target_deviations
 * @property {[number, number] | null} image rows and columns of the picture that the inputs are, if they are one
 */

/**
 * Presentation MathML as data: tag, attributes, children.
 * An attribute `operand` names the operand that the element stands for.
 * @typedef {[string, {[name: string]: string | number} | null, ...(MathNode | string)[]]} MathNode
 */
/**
 * @typedef {object} Operand
 * @property {string} tensor
 * @property {number[]} index
 * @property {number | null} example
 * @property {Wire | null} value
 * @property {string} text
 * @property {MathNode} symbol
 * @property {number | null} operation the operation that made it; null for what was given
 * @property {string} name
 */
/**
 * @typedef {object} Explanation
 * @property {string} tensor
 * @property {number[]} index
 * @property {number | null} example
 * @property {number | null} operation
 * @property {string} kind
 * @property {Phase | null} phase
 * @property {number | null} layer
 * @property {number | null} neuron
 * @property {boolean} written
 * @property {Wire | null} value
 * @property {string} text
 * @property {MathNode} symbol
 * @property {string} title
 * @property {string} sentence
 * @property {{rule: MathNode | null, named: MathNode | null, numbers: MathNode | null} | null} formula null for what was given
 * @property {boolean} exact
 * @property {Operand[]} operands
 * @property {number} more
 * @property {{symbol: MathNode, name: string, value: Wire, text: string}[]} constants
 * @property {{value: Wire, text: string} | null} running
 * @property {MathNode[] | null} derivation
 */
/**
 * What the last granule did.
 * @typedef {object} StepRecord
 * @property {number} operation
 * @property {number} first
 * @property {Granularity} granularity
 * @property {string} kind
 * @property {Phase} phase
 * @property {number | null} layer
 * @property {number | null} neuron
 * @property {string | null} headline a sentence about the whole granule, when it is more than one operation
 * @property {Explanation} explanation
 */
/**
 * @typedef {object} State
 * @property {string} id
 * @property {number} revision
 * @property {number} edition rises with every edit; the numbers of an iteration are the same as long as it is
 * @property {string} unsaved why it could not be saved, as a sentence; empty if it is
 * @property {Spec} spec
 * @property {DataTitle} data
 * @property {Position} position
 * @property {number} furthest the furthest iteration at which the learner stood
 * @property {Phase} phase
 * @property {"forward" | "backward"} due
 * @property {Segment[]} segments
 * @property {Batch} batch
 * @property {Cost | null} cost
 * @property {Diverged | null} diverged null as long as every number that training made was finite
 * @property {{undo: boolean, redo: boolean}} can
 * @property {(Required<Breakpoint> & {at: number | null})[]} breakpoints `at` is where one is met in this iteration
 * @property {number[]} stopped the numbers of those that are met at the cursor
 * @property {Branch[]} branches in the order in which they began
 * @property {StepRecord | null} step
 * @property {{[tensor: string]: number}} written
 * @property {Run | null} run training that goes on by itself, or did last
 */
/** @typedef {{number: number, name: string, title: string, parent: number | null, fork: number, iteration: number, reach: number, current: boolean}} Branch */
/** @typedef {{id: string, name: string, title: string, iteration: number, revision: number, made: number, changed: number, bytes: number, deleted: number | null, leaving: boolean}} Listed a session in a list */
/** @typedef {{sessions: Listed[], lasting: boolean, most_sessions: number, most_bytes: number}} Library this browser's sessions, and whether they outlive the server */
/** @typedef {{iteration?: number | null, epoch?: number | null, cost?: number | null, accuracy?: number | null}} Goal what ends a run */
/**
 * @typedef {object} Run
 * @property {boolean} going
 * @property {string} why it ended: reached, paused, idle, diverged, lost
 * @property {Goal} until
 * @property {number | null} speed iterations a second; null as fast as possible
 * @property {number} begun
 * @property {number} done
 * @property {number | null} iterations when the goal is reached, where it says so
 * @property {number | null} rate
 * @property {number | null} seconds that are left
 */
/** @typedef {{iteration: number, cost: Wire, test_cost: Wire | null, accuracy: number | null, test_accuracy: number | null}} Point */
/** @typedef {{iteration: number, what: string}} Mark where something was changed by hand */
/** @typedef {{revision: number, edition: number, rows: number, test_rows: number, per_epoch: number, marks: Mark[], points: Point[]}} Metrics */

/** @typedef {{name: string, default: number | string | boolean | null, description: string}} OptionEntry */
/** @typedef {{name: string, sign: string, title: string, kept: boolean}} Quantity what an optimizer has for each parameter */
/** @typedef {{name: string, title: string, description: string, rule: MathNode | null, derivative: MathNode | null, options: OptionEntry[], quantities: Quantity[]}} Entry */
/** @typedef {{name: string, first: number, signs: Signs}} Writing a way to write; `first` is the number of its input layer */
/** @typedef {Entry & Writing & {glossary: {symbol: MathNode, meaning: string}[]}} NotationEntry */
/** @typedef {{[kind: string]: string}} Signs by tensor without its layer, the sign without indices, in the notation that was chosen */
/** @typedef {{rule: string, named: string, numbers: string, whole: string}} Written an explanation in one format, to be copied */
/** @typedef {{name: string, title: string, description: string, body: {spec: Spec, data: DataChoice, parameters?: LayerParameters[]}}} Preset */
/** @typedef {{name: string, default: number | string, description: string, low: number, high: number, whole: boolean}} DataOption */
/**
 * @typedef {object} Dataset
 * @property {string} name
 * @property {string} title
 * @property {string} task
 * @property {number} rows
 * @property {number} inputs
 * @property {number} outputs
 * @property {DataOption[]} options
 * @property {string} source
 * @property {string} licence
 * @property {{spec: Spec, data: DataChoice}} suggested
 */
/** @typedef {{name: string, kind: "number" | "text" | "empty", missing: number, wrong: number, distinct: number, values: string[]}} Column */
/** @typedef {{encoding: string, delimiter: string, decimal: string, header: boolean, rows: number, columns: Column[], first: string[][], guess: {inputs: string[], targets: string[], task: string}}} TableRead */
/** @typedef {{title: string, task: string, rows: number, tests: number, inputs: number, outputs: number, first: Rows, suggested: Spec}} Preview what a network would see */
/**
 * @typedef {object} Catalog
 * @property {string} version
 * @property {{name: string, title: string}[]} languages
 * @property {Preset[]} presets
 * @property {Dataset[]} datasets
 * @property {Entry[]} activations
 * @property {Entry[]} losses
 * @property {Entry[]} initializers
 * @property {Entry[]} optimizers
 * @property {Entry[]} schedules
 * @property {NotationEntry[]} notations
 * @property {Exporter[]} exporters
 * @property {{[name: string]: number}} limits
 */
/** @typedef {{name: string, title: string, description: string, group: string, extension: string, options: {name: string, default: string, description: string, words: string[], low: number, high: number}[]}} Exporter something that can be taken away */
/** @typedef {{layers: Wire[][][], sums: Wire[][][]}} Prediction activations from layer 0, weighted sums from layer 1 */
/** @typedef {{name: string, title: string, glyph: string, sentence: string, layers: number[], neurons: {layer: number, unit: number}[], try: string[], began: number | null}} Finding a failure that was recognised */
/** @typedef {{iteration: number, rows: number, findings: Finding[]}} Diagnosis what goes wrong at an iteration */
/** @typedef {{operation: number, kind: string, title: string, prompt: string, options: {name: string, title: string}[], explanation: Explanation, kinds: string[]}} Question */
/** @typedef {{z: number[], a: Wire[], slope: Wire[]}} Curve an activation and its slope at many sums */
/** @typedef {{right: boolean, wanted: string, mistake: {name: string, title: string, description: string} | null}} Verdict */

/**
 * A node of the computation graph: a number and the operation that makes it.
 * @typedef {object} GraphNode
 * @property {string} tensor
 * @property {number[]} index
 * @property {string} kind
 * @property {number | null} layer
 * @property {number | null} operation null for what is given
 * @property {MathNode} symbol
 * @property {string} name
 * @property {{tensor: string, index: number[], constant: number | null, operation: number} | null} gradient
 *   where it stands, or a constant that is reached when that number is
 * @property {number} more_reads how many more it reads
 * @property {number} more_readers
 */
/**
 * `target` reads `source`, both by their place among the nodes.
 * @typedef {object} GraphEdge
 * @property {number} source
 * @property {number} target
 * @property {{named: MathNode, value: Wire, tensor: string | null, index: number[]} | null} derivative
 * @property {[string, number[]] | null} passes the term of a gradient that goes back over it
 * @property {number | null} operation
 */
/** @typedef {{centre: [string, number[]] | null, total: number, nodes: GraphNode[], edges: GraphEdge[]}} Graph around its centre, or whole */
/**
 * What a nudge of one parameter by epsilon, both ways, did to the cost.
 * @typedef {Ref & {value: Wire, epsilon: number, below: Wire, cost: Wire, above: Wire, quotient: Wire, gradient: Wire, resolution: Wire, error: Wire, tolerance: number, agrees: boolean, kinks: Ref[]}} Nudge
 */
/** @typedef {{iteration: number, parameters: number, checked: number, agree: number, kinked: number, tolerance: number, worst: Nudge[]}} GradientCheck */
/** @typedef {Ref & {every: number, iterations: number[], values: Wire[]}} History a parameter at the starts of iterations */

/** @typedef {{counts: number[][], examples: number[][][], rows: number, total: number, accuracy: number}} Matrix rows of the data by the class wanted, then by the one answered */
/** @typedef {{classes: string[] | null, training: Matrix | null, test: Matrix | null}} Confusion all null where the data has no classes */

/** @typedef {{shape: number[], data: Float64Array | Float32Array | Uint8Array}} Tensor */
/**
 * Every number of one iteration.
 * @typedef {object} Tape
 * @property {number} iteration
 * @property {number[]} examples rows of the data; the first `batch` of them are the batch
 * @property {number} batch
 * @property {{[name: string]: Tensor}} tensors
 */
/**
 * The numbers that may be seen now, by name and index; null is "not computed yet".
 * @typedef {(tensor: string, ...index: number[]) => number | null} Reading
 */

/** @typedef {{example: number | null, guess: number[] | null, selection: Ref | null, pinned: {layer: number, unit: number} | null, panel: string, by: Granularity}} Aim what one who leads looks at */
/** @typedef {{name: string, title: string, description: string}} Named a mistake that has a name */
/** @typedef {{answer: string | number, title: string, count: number, right: boolean | null}} Chose how many gave an answer, or a number between two bounds */
/** @typedef {{answers: number, choices: Chose[], right: string | null, mistakes: (Named & {count: number})[]}} Tally the answers of a class, without names */
/**
 * A question that the teacher asks all.
 * @typedef {object} Asked
 * @property {number} number
 * @property {string} text
 * @property {{name: string, title: string}[] | null} options null where a number is to be typed
 * @property {string} kind
 * @property {number | null} operation the one it is about; null for a question in the teacher's own words
 * @property {boolean} revealed
 * @property {Tally | null} tally once it is revealed; to the teacher always
 * @property {{answer: string | number, right?: boolean | null, mistake?: Named | null} | null} mine
 */
/**
 * What all in a room are shown.
 * @typedef {object} Spotlight
 * @property {number} revision
 * @property {string | null} session the name by which it can be seen; null as long as nothing is shown
 * @property {Partial<Aim>} look
 * @property {Ref | null} ring
 * @property {boolean} covered
 * @property {boolean} frozen
 * @property {number | null} leader the member who leads; null while it is the teacher
 * @property {Asked | null} question
 * @property {State | null} state
 */
/** @typedef {{member: number, nickname: string | null, state: "following" | "exploring" | "away", answered: boolean, where: {iteration: number, operation: number} | null}} Member someone in a room, as the teacher sees her */
/** @typedef {{members: Member[]}} People */
/** @typedef {{code: string, key: string, viewing: string, address: string | null}} Opened a room, as it is told once to who opened it */

export {};
