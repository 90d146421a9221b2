using System.Buffers;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>The terms of a compound: the whole, which is the position's term, and then what else it is found by.</summary>
/// <remarks>
/// Variants are the parts at every joint, the whole without its hyphens and underscores, and what <c>CompoundTerms.Numbers.cs</c> says of numbers. A part
/// is written once for each kind of joint at most, so that the terms' lengths together are a small multiple of the text's.
/// </remarks>
internal ref partial struct CompoundTerms(Compound compound, Span<char> scratch, WordForms? forms, ITermSink terms)
{
    private static readonly SearchValues<char> NoLetters = SearchValues.Create("0123456789.,-_+#");
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.,");

    private readonly ReadOnlySpan<char> _text = compound.Text;
    private readonly ReadOnlySpan<Joint> _joints = compound.Joints;
    private readonly Span<char> _scratch = scratch;
    private bool _hasFirst;

    /// <summary>Adds the terms; a stop word, and a run of underscores, has none.</summary>
    public void Add()
    {
        if (!_joints.ContainsAnyExcept(Joint.None))
        {
            AddPart(_text);
        }
        else if (_joints.ContainsAnyExcept(Joint.Underscore) && forms?.IsStopWord(_text) != true)
        {
            AddWhole(0, _text.Length);
            Divide(0, _text.Length, Joint.Dot);
        }
    }

    /// <summary>Adds a text with joints. The v of a version is no part of it: v1.22-beta is 1.22-beta.</summary>
    private void AddWhole(int start, int end)
    {
        ReadOnlySpan<char> whole = _text[start..end];
        int first = _joints[start..end].IndexOfAnyExcept(Joint.None);
        AddTerm(whole is ['v', >= '0' and <= '9', ..] && whole[..first].Contains('.') ? whole[1..] : whole);
    }

    private void Divide(int start, int end, Joint joint)
    {
        if (joint > Joint.Start)
        {
            AddPart(_text[start..end]);
            return;
        }

        int from = start;
        for (int i = start; i < end; i++)
        {
            if (_joints[i] == joint && (joint != Joint.Start || i > from))
            {
                AddDivided(from, i, joint);
                from = joint == Joint.Start ? i : i + 1;
            }
        }

        if (from == start)
        {
            Divide(start, end, joint + 1);
            return;
        }

        AddDivided(from, end, joint);
        if (joint is Joint.Hyphen or Joint.Underscore || (joint == Joint.Dot && AreInitials(start, end)))
        {
            AddJoined(start, end);
        }
    }

    private void AddDivided(int start, int end, Joint joint)
    {
        // The initials of U.S., the s of user's and the i of iPhone are found by nobody.
        if (start == end || (end - start == 1 && joint is Joint.Dot or Joint.Apostrophe or Joint.Start && char.IsLetter(_text[start])))
        {
            return;
        }

        if (_joints[(start + 1)..end].ContainsAnyExcept(Joint.None))
        {
            AddWhole(start, end);
        }

        Divide(start, end, joint + 1);
    }

    private readonly bool AreInitials(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if ((i - start) % 2 == 0 ? !char.IsLetter(_text[i]) : _joints[i] != Joint.Dot)
            {
                return false;
            }
        }

        return true;
    }

    private void AddJoined(int start, int end)
    {
        int length = 0;
        for (int i = start; i < end; i++)
        {
            if (_joints[i] is not (Joint.Hyphen or Joint.Underscore or Joint.Dot))
            {
                _scratch[length++] = _text[i];
            }
        }

        AddScratch(length);
    }

    /// <summary>Adds a part that has no joints.</summary>
    private void AddPart(ReadOnlySpan<char> part)
    {
        if (part.ContainsAny('.', ','))
        {
            AddNumber(part);
        }
        else if (part.IndexOfAny('+', '#') is var sign and > 0)
        {
            AddTerm(part);
            AddUnlessLetter(part[..sign]);
        }
        else if (forms?.IsStopWord(part) != true)
        {
            AddTerm(part);
            AddLettersAndDigits(part);
        }
    }

    /// <summary>Adds letters and digits by themselves, where a part is made of several of both: AB1234.</summary>
    private void AddLettersAndDigits(ReadOnlySpan<char> part)
    {
        int digits = part.IndexOfAnyInRange('0', '9');
        if (digits > 0 && !part[digits..].ContainsAnyExceptInRange('0', '9'))
        {
            if (forms?.IsFunctionWord(part[..digits]) != true)
            {
                AddUnlessLetter(part[..digits]);
            }

            AddUnlessLetter(part[digits..]);
            if (part is ['v', ..])
            {
                AddPrefix(part[1..]);
            }
        }
    }

    private void AddUnlessLetter(ReadOnlySpan<char> part)
    {
        if (part.Length > 1)
        {
            AddTerm(part);
        }
    }

    private void AddTerm(ReadOnlySpan<char> term)
    {
        term.CopyTo(_scratch);
        AddScratch(term.Length);
    }

    /// <summary>Adds the term in the scratch, its stem where it is letters alone.</summary>
    private void AddScratch(int length)
    {
        Span<char> term = _scratch[..length];
        if (forms is not null && !term.ContainsAny(NoLetters))
        {
            term = forms.Stem(term);
        }

        if (term.IsEmpty)
        {
            return;
        }

        if (_hasFirst)
        {
            terms.AddVariant(term);
        }
        else
        {
            _hasFirst = true;
            terms.Add(term);
        }
    }
}
