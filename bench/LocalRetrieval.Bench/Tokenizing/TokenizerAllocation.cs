using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Bench.Tokenizing;

/// <summary>Bytes of garbage for each text, on one warm thread.</summary>
internal static class TokenizerAllocation
{
    public static string Describe(Tokenizer tokenizer, string[] texts)
    {
        int[] room = new int[texts.Max(text => tokenizer.CountTokens(text))];
        double ids = BytesPerText(texts, text => tokenizer.EncodeToIds(text, room));
        double counts = BytesPerText(texts, text => tokenizer.CountTokens(text));
        double encodings = BytesPerText(texts, text => tokenizer.Encode(text));
        return FormattableString.Invariant(
            $"Allocated a text: {ids:N0} bytes by EncodeToIds into a span, {counts:N0} by CountTokens, {encodings:N0} by Encode.");
    }

    private static double BytesPerText(string[] texts, Action<string> action)
    {
        Array.ForEach(texts, action);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Array.ForEach(texts, action);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / texts.Length;
    }
}
