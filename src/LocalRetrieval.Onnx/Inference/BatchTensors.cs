using LocalRetrieval.Onnx.Batching;

namespace LocalRetrieval.Onnx.Inference;

/// <summary>Writes the inputs of a batch, [texts, tokens] row by row, padded on the right.</summary>
internal static class BatchTensors
{
    public const string InputIds = "input_ids";
    public const string AttentionMask = "attention_mask";
    public const string TokenTypeIds = "token_type_ids";

    public static void Fill(string input, TokenizedText[] texts, int[] batch, int tokens, long padTokenId, Span<long> destination)
    {
        for (int row = 0; row < batch.Length; row++)
        {
            TokenizedText text = texts[batch[row]];
            Span<long> line = destination.Slice(row * tokens, tokens);
            Span<long> real = line[..text.Ids.Length];
            switch (input)
            {
                case InputIds:
                    Widen(text.Ids, real);
                    line[real.Length..].Fill(padTokenId);
                    break;
                case TokenTypeIds:
                    Widen(text.TypeIds, real);
                    line[real.Length..].Clear();
                    break;
                default:
                    real.Fill(1);
                    line[real.Length..].Clear();
                    break;
            }
        }
    }

    private static void Widen(int[] source, Span<long> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = source[i];
        }
    }
}
