namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>"Nmt": removes control characters and writes what separates words as a space.</summary>
internal sealed class NmtNormalizer : Normalizer
{
    public override void Normalize(NormalizedText text)
    {
        text.Reserve(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char unit = text.Chars[i];
            if (!IsRemoved(unit))
            {
                text.Append(IsSpace(unit) ? ' ' : unit, i);
            }
        }

        text.Commit();
    }

    private static bool IsRemoved(char unit) =>
        unit is (>= '\u0001' and <= '\u0008') or '\u000B' or (>= '\u000E' and <= '\u001F') or '\u007F' or '\u008F' or '\u009F';

    private static bool IsSpace(char unit) =>
        unit is '\t' or '\n' or '\f' or '\r' or '\u1680' or (>= '\u200B' and <= '\u200F') or '\u2028' or '\u2029' or '\u2581' or '\uFEFF'
            or '\uFFFD';
}
