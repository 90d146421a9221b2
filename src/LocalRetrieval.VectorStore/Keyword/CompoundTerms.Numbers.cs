namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Numbers with points and commas: versions, thousands, decimals.</summary>
internal ref partial struct CompoundTerms
{
    /// <summary>How many numbers of a version it is found by from the left.</summary>
    private const int MaxPrefixes = 4;

    /// <summary>
    /// Adds a number: <c>1,000,000</c> as 1000000; a version as it is, without its v, and by each of its beginnings, written with a point at the end (<c>1.22.</c>)
    /// so that a version that is no more than that comes first; and each number of another list by itself. Letters before and after are parts.
    /// </summary>
    private void AddNumber(ReadOnlySpan<char> part)
    {
        int separator = part.IndexOfAny('.', ',');
        int start = part[..separator].LastIndexOfAnyExceptInRange('0', '9') + 1;
        int length = part[start..].IndexOfAnyExcept(NumberCharacters);
        ReadOnlySpan<char> number = length < 0 ? part[start..] : part.Slice(start, length);
        ReadOnlySpan<char> before = part[..start];
        ReadOnlySpan<char> after = part[(start + number.Length)..];
        if (number[0] is '.' or ',' || number[^1] is '.' or ',')
        {
            // Digits of another script.
            AddTerm(part);
            return;
        }

        if (before is not ("" or "v") || !after.IsEmpty)
        {
            AddTerm(part);
            AddUnlessLetter(before);
            AddUnlessLetter(after);
        }

        AddBareNumber(number);
    }

    private void AddBareNumber(ReadOnlySpan<char> number)
    {
        int point = number.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? number : number[..point];
        if (AreThousands(whole, ','))
        {
            AddWithout(number, ',');
            AddWithout(whole, ',');
        }
        else
        {
            AddTerm(number);
            if (number.Contains(','))
            {
                AddNumbers(number);
            }
            else
            {
                AddVersion(number);
            }
        }
    }

    private void AddVersion(ReadOnlySpan<char> version)
    {
        int end = 0;
        for (int count = 0; count < MaxPrefixes && end < version.Length; count++)
        {
            int next = version[end..].IndexOf('.');
            AddPrefix(version[..(next < 0 ? version.Length : end + next)]);
            end = next < 0 ? version.Length : end + next + 1;
        }

        AddTerm(version[..version.IndexOf('.')]);
        if (AreThousands(version, '.') && version.Count('.') > 1)
        {
            AddWithout(version, '.');
        }
    }

    private void AddNumbers(ReadOnlySpan<char> numbers)
    {
        foreach (Range range in numbers.SplitAny('.', ','))
        {
            AddTerm(numbers[range]);
        }
    }

    /// <summary>Adds the beginning of versions that <paramref name="version"/> is; it is no word of any text.</summary>
    private void AddPrefix(ReadOnlySpan<char> version)
    {
        version.CopyTo(_scratch);
        _scratch[version.Length] = '.';
        AddScratch(version.Length + 1);
    }

    private void AddWithout(ReadOnlySpan<char> number, char separator)
    {
        int length = 0;
        foreach (char character in number)
        {
            if (character != separator)
            {
                _scratch[length++] = character;
            }
        }

        AddScratch(length);
    }

    /// <summary>Whether a number is one to three digits and then groups of three.</summary>
    private static bool AreThousands(ReadOnlySpan<char> number, char separator)
    {
        int first = number.IndexOf(separator);
        if (first is < 1 or > 3 || (number.Length - first) % 4 != 0)
        {
            return false;
        }

        for (int i = first; i < number.Length; i++)
        {
            if ((i - first) % 4 == 0 ? number[i] != separator : !char.IsAsciiDigit(number[i]))
            {
                return false;
            }
        }

        return true;
    }
}
