namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Porter's second stemmer for English, as the Snowball project defines it.</summary>
/// <remarks>M. F. Porter, "The English (Porter2) stemming algorithm", snowballstem.org. Stateless: safe for concurrent use.</remarks>
internal ref partial struct EnglishStemmer
{
    private readonly Span<char> _word;
    private int _length;
    private int _r1;
    private int _r2;

    private EnglishStemmer(Span<char> word)
    {
        _word = word;
        _length = word.Length;
    }

    /// <summary>Stems a word in place.</summary>
    /// <param name="word">A word in lower case; its apostrophes are <c>'</c>.</param>
    /// <returns>How many characters of <paramref name="word"/> the stem has.</returns>
    public static int Stem(Span<char> word)
    {
        if (word.Length < 3)
        {
            return word.Length;
        }

        if (SpecialWords.TryGetValue(word, out string? special))
        {
            special.CopyTo(word);
            return special.Length;
        }

        int skipped = word[0] == '\'' ? 1 : 0;
        EnglishStemmer stemmer = new(word[skipped..]);
        stemmer.Run();
        stemmer._word[..stemmer._length].CopyTo(word);
        return stemmer._length;
    }

    private readonly ReadOnlySpan<char> Current => _word[.._length];

    private void Run()
    {
        MarkConsonantY();
        MarkRegions();
        RemovePossessive();
        RemovePlural();
        if (!Unstemmed.Contains(Current))
        {
            RemovePast();
            ReplaceY();
            ReplaceSuffixes();
            RemoveSuffixes();
            RemoveLast();
        }

        _word[.._length].Replace('Y', 'y');
    }

    private readonly void MarkConsonantY()
    {
        for (int i = 0; i < _length; i++)
        {
            if (_word[i] == 'y' && (i == 0 || IsVowel(_word[i - 1])))
            {
                _word[i] = 'Y';
            }
        }
    }

    private void MarkRegions()
    {
        _r1 = -1;
        foreach (string prefix in RegionPrefixes)
        {
            _r1 = Current.StartsWith(prefix) ? prefix.Length : _r1;
        }

        _r1 = _r1 < 0 ? RegionAfter(0) : _r1;
        _r2 = RegionAfter(_r1);
    }

    /// <summary>Where the region begins that follows the first consonant after a vowel.</summary>
    private readonly int RegionAfter(int start)
    {
        for (int i = start + 1; i < _length; i++)
        {
            if (!IsVowel(_word[i]) && IsVowel(_word[i - 1]))
            {
                return i + 1;
            }
        }

        return _length;
    }

    private void RemovePossessive()
    {
        int removed = Current.EndsWith("'s'") ? 3 : Current.EndsWith("'s") ? 2 : Current.EndsWith("'") ? 1 : 0;
        _length -= removed;
    }

    private void RemovePlural()
    {
        if (Current.EndsWith("sses"))
        {
            _length -= 2;
        }
        else if (Current.EndsWith("ied") || Current.EndsWith("ies"))
        {
            _length -= _length > 4 ? 2 : 1;
        }
        else if (Current.EndsWith("s") && !Current.EndsWith("us") && !Current.EndsWith("ss") && HasVowel(_length - 2))
        {
            _length--;
        }
    }

    private void RemovePast()
    {
        foreach (string suffix in (ReadOnlySpan<string>)["eedly", "ingly", "edly", "eed", "ing", "ed"])
        {
            if (!Current.EndsWith(suffix))
            {
                continue;
            }

            int stem = _length - suffix.Length;
            if (suffix.StartsWith("eed", StringComparison.Ordinal))
            {
                _length = stem >= _r1 ? stem + 2 : _length;
            }
            else if (HasVowel(stem))
            {
                _length = stem;
                Repair();
            }

            return;
        }
    }

    /// <summary>Makes a word again of what is left without -ed or -ing.</summary>
    private void Repair()
    {
        if (Current.EndsWith("at") || Current.EndsWith("bl") || Current.EndsWith("iz"))
        {
            _word[_length++] = 'e';
        }
        else if (_length >= 2 && _word[_length - 1] == _word[_length - 2] && "bdfgmnprt".Contains(_word[_length - 1]))
        {
            _length--;
        }
        else if (_r1 >= _length && EndsInShortSyllable(_length))
        {
            _word[_length++] = 'e';
        }
    }

    private readonly void ReplaceY()
    {
        if (_length > 2 && _word[_length - 1] is 'y' or 'Y' && !IsVowel(_word[_length - 2]))
        {
            _word[_length - 1] = 'i';
        }
    }

    private void ReplaceSuffixes()
    {
        Replace(SecondSuffixes);
        Replace(ThirdSuffixes);
    }

    private void Replace(ReadOnlySpan<(string Suffix, string Replacement)> table)
    {
        foreach ((string suffix, string replacement) in table)
        {
            if (Current.EndsWith(suffix))
            {
                int stem = _length - suffix.Length;
                if (stem >= _r1 && MayReplace(suffix, stem))
                {
                    replacement.CopyTo(_word[stem..]);
                    _length = stem + replacement.Length;
                }

                return;
            }
        }
    }

    private readonly bool MayReplace(string suffix, int stem) => suffix switch
    {
        "ogi" => stem > 0 && _word[stem - 1] == 'l',
        "li" => stem > 0 && "cdeghkmnrt".Contains(_word[stem - 1]),
        "ative" => stem >= _r2,
        _ => true,
    };

    private void RemoveSuffixes()
    {
        foreach (string suffix in FourthSuffixes)
        {
            if (Current.EndsWith(suffix))
            {
                int stem = _length - suffix.Length;
                bool removes = stem >= _r2 && (suffix != "ion" || (stem > 0 && _word[stem - 1] is 's' or 't'));
                _length = removes ? stem : _length;
                return;
            }
        }
    }

    private void RemoveLast()
    {
        int stem = _length - 1;
        if (stem < 1)
        {
            return;
        }

        bool removes = _word[stem] switch
        {
            'e' => stem >= _r2 || (stem >= _r1 && !EndsInShortSyllable(stem)),
            'l' => stem >= _r2 && _word[stem - 1] == 'l',
            _ => false,
        };
        _length = removes ? stem : _length;
    }

    private readonly bool HasVowel(int end) => end > 0 && _word[..end].ContainsAny(Vowels);

    private readonly bool EndsInShortSyllable(int end) =>
        (end >= 3 && !IsVowel(_word[end - 3]) && IsVowel(_word[end - 2]) && !IsVowel(_word[end - 1]) && _word[end - 1] is not ('w' or 'x' or 'Y'))
        || (end == 2 && IsVowel(_word[0]) && !IsVowel(_word[1]));

    private static bool IsVowel(char character) => Vowels.Contains(character);
}
