using System.Text;
using Samples;

namespace SemanticKernelRag;

/// <summary>An answer that is shown piece by piece, apart from what stands before and behind it.</summary>
internal sealed class AnswerText(Screen screen)
{
    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    public void Write(string piece)
    {
        if (piece.Length > 0 && _text.Length == 0)
        {
            screen.WriteLine();
        }

        _text.Append(piece);
        screen.Write(piece);
    }

    public void End()
    {
        if (_text.Length > 0)
        {
            screen.WriteLine();
        }
    }
}
