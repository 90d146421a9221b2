namespace LocalRetrieval.Encoders;

/// <summary>Hands out what a run gave, row by row, padding left out.</summary>
internal static class BatchReader
{
    /// <param name="backend">What ran.</param>
    /// <param name="values">What it gave.</param>
    /// <param name="batch">What it was given.</param>
    /// <param name="state">Handed to <paramref name="read"/>.</param>
    /// <param name="read">Called for each row with its index among the batch's texts.</param>
    /// <exception cref="InvalidDataException">The number of values is another than that of the batch.</exception>
    public static void Read<TState>(BackendInfo backend, ReadOnlySpan<float> values, TokenBatch batch, TState state, RowReader<TState> read)
    {
        int width = backend.OutputWidth;
        int stride = backend.IsByToken ? batch.Tokens * width : width;
        if (values.Length != (long)batch.Rows.Length * stride)
        {
            throw new InvalidDataException($"{backend.Location} gave {values.Length} values for {batch.Rows.Length} rows of {batch.Tokens} tokens, expected {(long)batch.Rows.Length * stride}.");
        }

        for (int row = 0; row < batch.Rows.Length; row++)
        {
            int index = batch.Rows[row];
            read(state, index, values.Slice(row * stride, backend.IsByToken ? batch.Texts[index].Ids.Length * width : width));
        }
    }
}
