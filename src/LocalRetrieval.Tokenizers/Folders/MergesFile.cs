using LocalRetrieval.Tokenizers.Models;

namespace LocalRetrieval.Tokenizers.Folders;

/// <summary>Reads merges.txt: a line that tells a version, then a merge a line, two tokens with white space between them.</summary>
internal static class MergesFile
{
    private const string VersionPrefix = "#version";

    /// <param name="files">The folder's files.</param>
    /// <param name="vocabulary">The tokens.</param>
    /// <param name="isStrict">
    /// Whether the first line and what follows the last line feed are no merges whatever they are, as GPT-2's reader has it; or else only
    /// a version and an empty line are none.
    /// </param>
    /// <exception cref="InvalidDataException">A line is no merge of tokens of the vocabulary.</exception>
    public static BpeMergeTable Read(FolderFiles files, Vocabulary vocabulary, bool isStrict)
    {
        string[] lines = files.Lines(FolderFiles.Merges);
        int first = isStrict || lines[0].StartsWith(VersionPrefix, StringComparison.Ordinal) ? 1 : 0;
        int end = isStrict ? lines.Length - 1 : lines.Length;
        List<(int, int, int)> merges = new(lines.Length);
        HashSet<(int, int)> known = new(lines.Length);
        for (int i = first; i < end; i++)
        {
            string[] sides = lines[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (sides.Length == 0 && !isStrict)
            {
                continue;
            }

            if (sides.Length != 2)
            {
                throw Invalid(i, $"'{lines[i]}'", "two tokens with a space between them");
            }

            (int left, int right) = (Id(i, sides[0]), Id(i, sides[1]));
            if (known.Add((left, right)))
            {
                merges.Add((left, right, Id(i, sides[0] + sides[1])));
            }
        }

        return new BpeMergeTable(merges);

        int Id(int line, string token) =>
            vocabulary.Id(token) ?? throw Invalid(line, $"a merge with '{token}'", "tokens of the vocabulary");

        InvalidDataException Invalid(int line, string found, string supported) =>
            new($"{files.PathOf(FolderFiles.Merges)}: line {line + 1} is {found}; supported: {supported}.");
    }
}
