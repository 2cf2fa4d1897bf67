# Everything a person needs: `make run` and `make test`. Needs Python 3.11 and make.
HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= $(firstword $(shell command -v python3.11 python3.12 python3.13 python3 2>/dev/null))
BIN := .venv/bin

.PHONY: help run setup develop test test-deep bench lint messages

help:  ## 列出可用命令
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: setup  ## 启动演示（PORT= 指定端口）
	@DEMO=$${DEMO:-true} HOST=$(HOST) PORT=$(PORT) $(BIN)/python -m config.serve

setup:  ## 建立 .venv 运行环境
	@test -n "$(PYTHON)" || { echo "没有找到 python3，请安装 Python 3.11。Python 3.11 is needed." >&2; exit 1; }
	@$(PYTHON) deploy/bootstrap.py

develop:
	@test -n "$(PYTHON)" || { echo "没有找到 python3，请安装 Python 3.11。Python 3.11 is needed." >&2; exit 1; }
	@$(PYTHON) deploy/bootstrap.py --dev

test: develop  ## 运行全部测试（真实的 PostgreSQL、Redis、Chromium）
	@$(BIN)/python -m tests.run

test-deep: develop  ## 运行大数量的竞争与性质测试
	@$(BIN)/python -m tests.run --deep

bench: develop  ## 打印同一次运行中测得的比值
	@$(BIN)/python -m bench

lint: develop  ## 代码检查
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

messages: develop  ## 更新英文词条
	@$(BIN)/python manage.py makemessages -l en --no-location --no-wrap --no-obsolete --ignore .venv --ignore var --ignore static --ignore tests
	@$(BIN)/python manage.py compilemessages -l en --ignore .venv
