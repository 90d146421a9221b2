namespace LocalRetrieval.Onnx.Inference;

/// <summary>Reads the output of one batch.</summary>
/// <param name="state">The caller's state.</param>
/// <param name="batch">The indices of the texts that ran, in the output's order.</param>
/// <param name="output">The values, row by row; gone when the reader returns.</param>
/// <param name="tokens">The padded length of the batch in tokens.</param>
internal delegate void OutputReader<in TState>(TState state, int[] batch, ReadOnlySpan<float> output, int tokens);
