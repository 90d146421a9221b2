namespace LocalRetrieval.Rag;

/// <summary>The runs of backticks of one paragraph, and the markers between them, as CommonMark pairs them.</summary>
/// <param name="accepted">Gets the markers that are in no code.</param>
internal sealed class CodeSpans(List<CitationMarker> accepted)
{
    // What follows the open run: other runs and markers, in their order.
    private readonly List<(int Run, CitationMarker? Marker)> _waiting = [];
    private int _open;

    /// <summary>Whether a run of backticks waits for its like.</summary>
    public bool IsOpen => _open > 0;

    public void Add(CitationMarker marker)
    {
        if (IsOpen)
        {
            _waiting.Add((0, marker));
        }
        else
        {
            accepted.Add(marker);
        }
    }

    public void AddRun(int length)
    {
        if (_open == length)
        {
            _open = 0;
            _waiting.Clear();
        }
        else if (IsOpen)
        {
            _waiting.Add((length, null));
        }
        else
        {
            _open = length;
        }
    }

    /// <summary>A run that nothing closed was no code: what follows it is paired anew.</summary>
    public void EndParagraph()
    {
        if (!IsOpen)
        {
            return;
        }

        Dictionary<int, int> last = [];
        for (int index = 0; index < _waiting.Count; index++)
        {
            last[_waiting[index].Run] = index;
        }

        for (int index = 0; index < _waiting.Count; index++)
        {
            (int run, CitationMarker? marker) = _waiting[index];
            if (marker is not null)
            {
                accepted.Add(marker);
            }
            else if (last[run] > index)
            {
                index = _waiting.FindIndex(index + 1, item => item.Run == run);
            }
        }

        _open = 0;
        _waiting.Clear();
    }
}
