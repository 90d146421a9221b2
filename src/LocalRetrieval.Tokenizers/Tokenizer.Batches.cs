using LocalRetrieval.Tokenizers.PostProcessors;

namespace LocalRetrieval.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>Below this many UTF-16 units, or tokens, in all, a parallel loop costs more than it gains.</summary>
    private const int ParallelFrom = 8192;

    /// <summary>Turns texts into tokens, in parallel where they are long enough for it.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="options">Options, or null for the defaults, which are those of <see cref="Encode"/>.</param>
    /// <param name="cancellationToken">Cancels between texts.</param>
    /// <returns>
    /// What <see cref="Encode"/> gives for each text, in order. Where <see cref="PaddingOptions.Length"/> is null, all are filled up to
    /// the length of the longest.
    /// </returns>
    /// <exception cref="ArgumentException">A text is null, or cannot be encoded; the message names its index.</exception>
    /// <exception cref="InvalidOperationException">A text needs the unknown token, which the model lacks.</exception>
    public IReadOnlyList<TokenEncoding> EncodeBatch(
        IReadOnlyList<string> texts, EncodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        EncodeOptions chosen = options ?? DefaultOptions;
        return Pad(
            ForEach(texts, text => text?.Length ?? 0, text => EncodeUnpadded(NotNull(text), null, chosen), nameof(texts), cancellationToken),
            chosen);
    }

    /// <summary>Turns pairs of texts into tokens, in parallel where they are long enough for it.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="options">Options, or null for the defaults, which are those of <see cref="Encode"/>.</param>
    /// <param name="cancellationToken">Cancels between pairs.</param>
    /// <returns>
    /// What <see cref="Encode"/> gives for each pair, in order. Where <see cref="PaddingOptions.Length"/> is null, all are filled up to
    /// the length of the longest.
    /// </returns>
    /// <exception cref="ArgumentException">A text is null, or cannot be encoded; the message names the index of its pair.</exception>
    /// <exception cref="InvalidOperationException">A text needs the unknown token, which the model lacks.</exception>
    public IReadOnlyList<TokenEncoding> EncodeBatch(
        IReadOnlyList<TextPair> pairs, EncodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        EncodeOptions chosen = options ?? DefaultOptions;
        return Pad(
            ForEach(
                pairs,
                pair => (pair.Text?.Length ?? 0) + (pair.Pair?.Length ?? 0),
                pair => EncodeUnpadded(NotNull(pair.Text), NotNull(pair.Pair), chosen),
                nameof(pairs),
                cancellationToken),
            chosen);
    }

    /// <summary>Turns each list of ids back into text, in parallel where they are long enough for it.</summary>
    /// <param name="batch">The lists of ids; ids that the tokenizer does not have are left out.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    /// <param name="cancellationToken">Cancels between texts.</param>
    /// <returns>What <see cref="Decode(IReadOnlyList{int}, bool)"/> gives for each list, in order.</returns>
    /// <exception cref="ArgumentException">A list is null; the message names its index.</exception>
    public IReadOnlyList<string> DecodeBatch(
        IReadOnlyList<IReadOnlyList<int>> batch, bool skipSpecialTokens = true, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return ForEach(batch, ids => ids?.Count ?? 0, ids => Decode(NotNull(ids), skipSpecialTokens), nameof(batch), cancellationToken);
    }

    private static T NotNull<T>(T? item)
        where T : class => item ?? throw new ArgumentException("It is null.");

    private static TResult[] ForEach<T, TResult>(
        IReadOnlyList<T> items, Func<T, int> length, Func<T, TResult> run, string parameter, CancellationToken cancellationToken)
    {
        T[] copy = [.. items];
        TResult[] results = new TResult[copy.Length];
        if (copy.Length < 2 || copy.Sum(item => (long)length(item)) < ParallelFrom)
        {
            for (int i = 0; i < copy.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                results[i] = Run(i);
            }

            return results;
        }

        // After a break all items before it still run, so that the first wrong one is named whatever the threads' order.
        Exception?[] errors = new Exception?[copy.Length];
        Parallel.For(0, copy.Length, new ParallelOptions { CancellationToken = cancellationToken }, (i, loop) =>
        {
            try
            {
                results[i] = Run(i);
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
            {
                errors[i] = exception;
                loop.Break();
            }
        });
        return Array.Find(errors, error => error is not null) is { } first ? throw first : results;

        TResult Run(int index)
        {
            try
            {
                return run(copy[index]);
            }
            catch (ArgumentException exception)
            {
                throw new ArgumentException($"{parameter}[{index}]: {WithoutParameter(exception)}", parameter, exception);
            }
            catch (InvalidOperationException exception)
            {
                throw new InvalidOperationException($"{parameter}[{index}]: {exception.Message}", exception);
            }
        }
    }

    // The parameter of the one text gives way to that of the batch.
    private static string WithoutParameter(ArgumentException exception) =>
        exception.ParamName is { } name ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : exception.Message;

    private TokenEncoding[] Pad(EncodedSequence[] batch, EncodeOptions options)
    {
        if ((options.Padding ?? Padding) is { } padding && batch.Length > 0)
        {
            int length = padding.TargetLength(batch.Max(encoded => encoded.Count));
            Array.ForEach(batch, encoded => encoded.Pad(length, padding));
        }

        return Array.ConvertAll(batch, encoded => encoded.ToEncoding());
    }
}
