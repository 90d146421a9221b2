namespace LocalRetrieval.Encoders;

/// <summary>Reads what a run gave for one row.</summary>
/// <param name="state">The caller's state.</param>
/// <param name="index">The row's index among all that the call reads.</param>
/// <param name="output">The values of its own tokens, [tokens, width], or [width]; gone when the reader returns.</param>
internal delegate void RowReader<in TState>(TState state, int index, ReadOnlySpan<float> output);
