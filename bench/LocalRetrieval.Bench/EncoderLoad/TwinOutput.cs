namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>What becomes of a graph's output for one row: the same work that an encoder does after a run.</summary>
/// <param name="values">The row of the graph's output: [tokens, width] with padding, or [width].</param>
/// <param name="padded">How many tokens the run has.</param>
/// <param name="tokens">How many of them are the row's own.</param>
internal delegate float[] TwinOutput(ReadOnlySpan<float> values, int padded, int tokens);
