namespace LocalRetrieval.Onnx.Inference.Inputs;

/// <summary>The rows of the inputs that hold one number a token, padded on the right.</summary>
internal static class TokenRows
{
    public static TokenRow Ids(int padTokenId) => (text, row) =>
    {
        text.Ids.CopyTo(row);
        row[text.Ids.Length..].Fill(padTokenId);
    };

    public static TokenRow AttentionMask { get; } = static (text, row) =>
    {
        row[..text.AttendedTokens].Fill(1);
        row[text.AttendedTokens..].Clear();
    };

    public static TokenRow TypeIds { get; } = static (text, row) =>
    {
        text.TypeIds.CopyTo(row);
        row[text.TypeIds.Length..].Clear();
    };

    public static TokenRow Zeros { get; } = static (_, row) => row.Clear();

    /// <summary>Positions from <paramref name="first"/> on; what stands at padding is not attended to, but must be a position of the model.</summary>
    public static TokenRow Positions(int first) => (text, row) =>
    {
        for (int i = 0; i < text.Ids.Length; i++)
        {
            row[i] = first + i;
        }

        row[text.Ids.Length..].Fill(first);
    };
}
