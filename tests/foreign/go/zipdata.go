// SPDX-License-Identifier: BSD-2-Clause

// Prints the zip file of time zones that package time/tzdata carries as Go
// strings: the tests of package time want it as a file.
package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"os"
	"strconv"
)

func main() {
	f, err := parser.ParseFile(token.NewFileSet(), os.Args[1], nil,
		parser.SkipObjectResolution)
	if err != nil {
		log.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if _, isImport := n.(*ast.ImportSpec); isImport {
			return false
		}
		l, isLiteral := n.(*ast.BasicLit)
		if !isLiteral || l.Kind != token.STRING {
			return true
		}
		s, err := strconv.Unquote(l.Value)
		if err != nil {
			log.Fatal(err)
		}
		os.Stdout.WriteString(s)
		return true
	})
}
